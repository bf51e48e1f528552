import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEALED_CHUNK_BYTES } from '../../lib/snapshot/seal/limits';
import { type TestLink, TestRelay } from '../testing/test-relay';
import { chunkOf, TestSnapshots } from '../testing/test-snapshots';

const DAY_SECONDS = 86_400;

describe('snapshots', () => {
  let relay: TestRelay;
  let page: TestSnapshots;
  let editor: TestLink;
  let viewer: TestLink;
  let objects: string;

  beforeAll(async () => {
    relay = await TestRelay.start({ limits: { snapshotsPerPlayground: 1_000 } });
    const playground = await relay.createPlayground();
    page = new TestSnapshots(relay, playground);
    editor = await relay.createLink(playground, 'editor');
    viewer = await relay.createLink(playground, 'viewer');
    objects = path.join(relay.running.relay.config.dataDir, 'objects');
  });
  afterAll(async () => {
    await relay?.stop();
  });

  const events = async (event: string) => await relay.metric('snapshot_events_total', { event });

  it('go up in chunks and come down as they went', async () => {
    const before = await relay.metric('snapshots');
    const upload = await page.begin(3, { ttlSeconds: DAY_SECONDS });
    expect(upload.id).toMatch(/^[a-z0-9]{12}$/);
    // In any order, and one of them twice.
    for (const chunk of [2, 0, 1, 1]) expect((await page.put(upload, chunk)).status).toBe(204);
    const finished = await page.finish(upload);
    expect(finished.status).toBe(200);
    const { status, headers, body } = await page.find(upload.id);
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toEqual({
      id: upload.id,
      bytes: upload.content.length,
      chunks: 3,
      card: Buffer.from('a sealed card').toString('base64'),
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      expiresAt: finished.body.expiresAt,
      openingsLeft: null,
    });
    const opened = await page.open(upload.id);
    expect(opened.status).toBe(201);
    expect(opened.body.expiresInMs).toBe(3_600_000);
    for (const chunk of [0, 1, 2]) {
      const got = await page.read(upload.id, opened.body.token, chunk);
      expect(got.headers.get('content-type')).toBe('application/octet-stream');
      expect(got.headers.get('cache-control')).toBe('no-store');
      expect(got.bytes.equals(chunkOf(upload.content, chunk))).toBe(true);
    }
    expect(await relay.metric('snapshots')).toBe(before + 1);
    expect(
      await relay.metric('snapshot_transfer_bytes_total', { direction: 'out' }),
    ).toBeGreaterThan(2 * SEALED_CHUNK_BYTES);
  });

  it('are kept as long as was asked, from the moment they are finished', async () => {
    const upload = await page.make(1, { ttlSeconds: 7_200 });
    const { body } = await page.find(upload.id);
    const keptMs = Date.parse(body.expiresAt) - Date.parse(body.createdAt);
    expect(keptMs).toBeGreaterThanOrEqual(7_200_000);
    expect(keptMs).toBeLessThan(7_260_000);
  });

  it('are told by GET /api/config what they may be', async () => {
    const { body } = await page.call('GET', '/api/config');
    expect(body.snapshots).toEqual({
      maxBytes: 1024 ** 3,
      chunkBytes: 1024 ** 2,
      ttlMinSeconds: 3_600,
      ttlMaxSeconds: 30 * DAY_SECONDS,
    });
  });

  it('are not there for anybody before they are finished', async () => {
    const upload = await page.begin(2);
    await page.put(upload, 1);
    for (const answer of [await page.find(upload.id), await page.open(upload.id)]) {
      expect([answer.status, answer.body.error.code]).toEqual([404, 'snapshot-unknown']);
    }
    const read = await page.read(upload.id, upload.uploadToken, 1);
    expect([read.status, read.body.error.code]).toEqual([404, 'snapshot-unknown']);
    const finished = await page.finish(upload);
    expect([finished.status, finished.body.error.code]).toEqual([409, 'snapshot-incomplete']);
    expect(finished.body.error.missing).toEqual([[0, 0]]);
    await page.put(upload, 0);
    expect((await page.finish(upload)).status).toBe(200);
  });

  it('can be finished twice, also at once, and are then as they are', async () => {
    const upload = await page.begin(2);
    for (const chunk of [0, 1]) await page.put(upload, chunk);
    const before = await events('finished');
    const answers = await Promise.all([1, 2, 3].map(() => page.finish(upload)));
    answers.push(await page.finish(upload));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body.expiresAt)).size).toBe(1);
    expect(await events('finished')).toBe(before + 1);
    const late = await page.put(upload, 0);
    expect([late.status, late.body.error.code]).toEqual([409, 'snapshot-finished']);
  });

  it('are opened as often as they may be, also at once; who has opened goes on reading', async () => {
    const upload = await page.make(1, { maxOpenings: 3 });
    const answers = await Promise.all([1, 2, 3, 4, 5, 6, 7].map(() => page.open(upload.id)));
    const opened = answers.filter(({ status }) => status === 201);
    expect(opened).toHaveLength(3);
    expect(new Set(opened.map(({ body }) => body.token)).size).toBe(3);
    for (const { status, body } of answers) {
      if (status !== 201) expect([status, body.error.code]).toEqual([410, 'snapshot-used-up']);
    }
    const found = await page.find(upload.id);
    expect([found.status, found.body.error.code]).toEqual([410, 'snapshot-used-up']);
    for (const { body } of opened) {
      expect((await page.read(upload.id, body.token, 0)).status).toBe(200);
    }
  });

  it('count down what is left', async () => {
    const upload = await page.make(1, { maxOpenings: 2 });
    expect((await page.find(upload.id)).body.openingsLeft).toBe(2);
    await page.open(upload.id);
    expect((await page.find(upload.id)).body.openingsLeft).toBe(1);
  });

  it('are listed for owner and editors, newest first', async () => {
    const own = new TestSnapshots(relay, await relay.createPlayground());
    const first = await own.make(1, { maxOpenings: 5 });
    await own.open(first.id);
    const second = await own.begin(2);
    const { status, body } = await own.list();
    expect(status).toBe(200);
    expect(body.snapshots).toEqual([
      expect.objectContaining({ id: second.id, finished: false, openings: 0, maxOpenings: null }),
      {
        id: first.id,
        bytes: first.content.length,
        createdAt: expect.any(String),
        expiresAt: expect.any(String),
        openings: 1,
        maxOpenings: 5,
        openingsLeft: 4,
        finished: true,
      },
    ]);
  });

  it('are deleted at once, with all that lies in the store', async () => {
    const upload = await page.make(3);
    const { body } = await page.open(upload.id);
    expect(await readdir(path.join(objects, 'snapshots', upload.id))).toHaveLength(3);
    const deleted = await page.delete(upload.id);
    expect(deleted.status).toBe(204);
    await expect(readdir(path.join(objects, 'snapshots', upload.id))).rejects.toThrow('ENOENT');
    const answers = [
      await page.find(upload.id),
      await page.open(upload.id),
      await page.read(upload.id, body.token, 0),
      await page.delete(upload.id),
    ];
    for (const answer of answers) {
      expect([answer.status, answer.body.error.code]).toEqual([404, 'snapshot-unknown']);
    }
    expect((await page.list()).body.snapshots).not.toContainEqual(
      expect.objectContaining({ id: upload.id }),
    );
  });

  it('are deleted by the owner and by the link that made them, by nobody else', async () => {
    const other = await relay.createLink(page.playground, 'editor');
    const upload = await page.make(1, {}, editor);
    const refused = await page.delete(upload.id, other);
    expect([refused.status, refused.body.error.code]).toEqual([403, 'not-maker']);
    expect((await page.delete(upload.id, viewer)).body.error.code).toBe('viewer');
    const stranger = new TestSnapshots(relay, await relay.createPlayground());
    expect((await stranger.delete(upload.id)).body.error.code).toBe('snapshot-unknown');
    expect((await page.find(upload.id)).status).toBe(200);
    expect((await page.delete(upload.id, editor)).status).toBe(204);
    const second = await page.make(1, {}, editor);
    expect((await page.delete(second.id)).status).toBe(204);
  });

  it('are not made, listed or deleted by viewers and strangers', async () => {
    const stranger = await relay.createPlayground();
    for (const [link, status] of [
      [viewer, 403],
      [stranger.owner, 401],
    ] as const) {
      expect((await page.announce({}, link)).status).toBe(status);
      expect((await page.list(link)).status).toBe(status);
    }
    expect((await page.list({ id: 'x', secret: 'y', role: '' })).status).toBe(401);
  });

  it('end with the link that was uploading them', async () => {
    const link = await relay.createLink(page.playground, 'editor');
    const upload = await page.begin(2, {}, link);
    expect((await page.put(upload, 0)).status).toBe(204);
    await relay.revoke(page.playground, link);
    for (const answer of [await page.put(upload, 1), await page.finish(upload)]) {
      expect([answer.status, answer.body.error.code]).toEqual([401, 'link-revoked']);
    }
  });

  it('are for pages of this site only', async () => {
    const origin = 'https://evil.example';
    const upload = await page.make();
    const calls = [
      page.announce({}, page.link, origin),
      page.call('GET', `/api/snapshots/${upload.id}`, { origin }),
      page.call('POST', `/api/snapshots/${upload.id}/openings`, { origin }),
      page.call('PUT', `/api/snapshots/${upload.id}/chunks/0`, {
        origin,
        token: upload.uploadToken,
        bytes: new Uint8Array(10),
      }),
    ];
    for (const answer of await Promise.all(calls)) {
      expect([answer.status, answer.body.error.code]).toEqual([403, 'origin-foreign']);
    }
  });
});
