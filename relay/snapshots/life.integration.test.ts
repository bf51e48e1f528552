import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEALED_CHUNK_BYTES } from '../../lib/snapshot/seal/limits';
import { ChildRelay } from '../testing/child-relay';
import { beginPut } from '../testing/half-request';
import { TestRelay } from '../testing/test-relay';
import { chunkOf, TestSnapshots } from '../testing/test-snapshots';
import { keyOf } from './chunks';
import type { SnapshotKeeping } from './keeping';
import { sweepOrphans, sweepSnapshots } from './sweep';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('the life of a snapshot', () => {
  let relay: TestRelay;
  let page: TestSnapshots;
  let keeping: SnapshotKeeping;
  let now = Date.now();

  beforeAll(async () => {
    relay = await TestRelay.start({ now: () => now });
    page = new TestSnapshots(relay, await relay.createPlayground());
    keeping = relay.running.relay.snapshots;
  });
  afterAll(async () => {
    await relay?.stop();
  });

  const stored = async () => {
    const folder = path.join(relay.running.relay.config.dataDir, 'objects/snapshots');
    return await readdir(folder).catch(() => []);
  };
  const events = async (event: string) => await relay.metric('snapshot_events_total', { event });

  it('goes on while it is uploaded with cuts in every tenth', async () => {
    const upload = await page.begin(10);
    for (let tenth = 0; tenth < 10; tenth++) {
      const bytes = chunkOf(upload.content, tenth);
      const cuts = await relay.rejects('http', 'body-cut');
      const begun = await beginPut(`${relay.url}/api/snapshots/${upload.id}/chunks/${tenth}`, {
        token: upload.uploadToken,
        length: bytes.length,
        sent: bytes.subarray(0, bytes.length / 2),
      });
      begun.destroy();
      await relay.untilRejected('http', 'body-cut', cuts);
      expect(await page.received(upload)).toEqual(tenth === 0 ? [] : [[0, tenth - 1]]);
      const early = await page.finish(upload);
      expect(early.body.error.missing).toEqual([[tenth, 9]]);
      expect((await page.put(upload, tenth)).status).toBe(204);
    }
    expect((await page.finish(upload)).status).toBe(200);
    const { body } = await page.open(upload.id);
    const parts = [];
    for (let n = 0; n < 10; n++) parts.push((await page.read(upload.id, body.token, n)).bytes);
    expect(Buffer.concat(parts).equals(upload.content)).toBe(true);
  });

  it('ends at its time, in the middle of a download, and before that for a new one', async () => {
    const upload = await page.make(2, { ttlSeconds: 3_600 });
    const { body } = await page.open(upload.id);
    now += HOUR_MS - 1;
    expect((await page.read(upload.id, body.token, 0)).status).toBe(200);
    now += 1;
    const answers = [
      await page.read(upload.id, body.token, 1),
      await page.find(upload.id),
      await page.open(upload.id),
    ];
    for (const answer of answers) {
      expect([answer.status, answer.body.error.code]).toEqual([410, 'snapshot-expired']);
    }
    expect((await page.list()).body.snapshots).not.toContainEqual(
      expect.objectContaining({ id: upload.id }),
    );
    expect(await stored()).toContain(upload.id);
    const before = await events('expired');
    await sweepSnapshots(keeping);
    expect(await stored()).not.toContain(upload.id);
    expect(await events('expired')).toBeGreaterThan(before);
    for (const answer of [await page.find(upload.id), await page.read(upload.id, body.token, 1)]) {
      expect([answer.status, answer.body.error.code]).toEqual([404, 'snapshot-unknown']);
    }
    await sweepSnapshots(keeping);
  });

  it('lets an opening read for an hour', async () => {
    const upload = await page.make(1, { ttlSeconds: 7 * 86_400 });
    const { body } = await page.open(upload.id);
    now += HOUR_MS - 1;
    expect((await page.read(upload.id, body.token, 0)).status).toBe(200);
    now += 1;
    const late = await page.read(upload.id, body.token, 0);
    expect([late.status, late.body.error.code]).toEqual([401, 'opening-unknown']);
    await sweepSnapshots(keeping);
    expect(await keeping.prisma.snapshotOpening.count()).toBe(0);
    expect((await page.open(upload.id)).status).toBe(201);
  });

  it('is over after a day when the upload is never finished', async () => {
    const upload = await page.begin(2);
    await page.put(upload, 0);
    now += DAY_MS - 1;
    await sweepSnapshots(keeping);
    expect(await page.received(upload)).toEqual([[0, 0]]);
    now += 1;
    for (const answer of [await page.put(upload, 1), await page.finish(upload)]) {
      expect([answer.status, answer.body.error.code]).toEqual([401, 'upload-unknown']);
    }
    const before = await events('given-up');
    await sweepSnapshots(keeping);
    expect(await events('given-up')).toBe(before + 1);
    expect(await stored()).not.toContain(upload.id);
  });

  it('leaves no chunk behind when it is deleted while one comes', async () => {
    const upload = await page.begin(2);
    await page.put(upload, 0);
    const [put] = await Promise.all([page.put(upload, 1), page.delete(upload.id)]);
    expect([204, 401]).toContain(put.status);
    expect((await page.put(upload, 1)).status).toBe(401);
    expect(await stored()).not.toContain(upload.id);
  });

  it('ends for its readers when it is deleted while they read', async () => {
    const upload = await page.make(3);
    const { body } = await page.open(upload.id);
    expect((await page.read(upload.id, body.token, 0)).status).toBe(200);
    const [, ...reads] = await Promise.all([
      page.delete(upload.id),
      ...[0, 1, 2, 0, 1, 2].map((chunk) => page.read(upload.id, body.token, chunk)),
    ]);
    // Whole, or told: nothing in between.
    for (const [index, { status, bytes, body }] of reads.entries()) {
      if (status === 200) {
        expect(bytes.equals(chunkOf(upload.content, index % 3))).toBe(true);
      } else expect([status, body.error.code]).toEqual([404, 'snapshot-unknown']);
    }
    expect((await page.read(upload.id, body.token, 0)).status).toBe(404);
  });

  it('says so when the store has lost a part of it', async () => {
    const upload = await page.make(2);
    const { body } = await page.open(upload.id);
    await keeping.objects.put(keyOf(upload.id, 0), Buffer.from('short'), 5);
    await keeping.objects.delete(keyOf(upload.id, 1));
    for (const chunk of [0, 1]) {
      const answer = await page.read(upload.id, body.token, chunk);
      expect([answer.status, answer.body.error.code]).toEqual([500, 'snapshot-damaged']);
    }
  });

  it('is finished by the next sweep when its deletion was cut short', async () => {
    const upload = await page.make(1);
    const data = { deletedAt: new Date(now) };
    await keeping.prisma.snapshot.update({ where: { id: upload.id }, data });
    expect((await page.find(upload.id)).status).toBe(404);
    await sweepSnapshots(keeping);
    expect(await stored()).not.toContain(upload.id);
    expect(await keeping.prisma.snapshot.count({ where: { id: upload.id } })).toBe(0);
  });

  it('leaves objects without a row for a day, then they go; what has a row stays', async () => {
    const [kept, lost] = [await page.make(1, { ttlSeconds: 30 * 86_400 }), await page.make(2)];
    await keeping.prisma.snapshot.delete({ where: { id: lost.id } });
    const folder = path.join(relay.running.relay.config.dataDir, 'objects/snapshots');
    const touch = async (ageMs: number) => {
      for (const id of [kept.id, lost.id]) {
        for (const name of await readdir(path.join(folder, id))) {
          const at = new Date(now - ageMs);
          await utimes(path.join(folder, id, name), at, at);
        }
      }
    };
    await touch(DAY_MS - 1_000);
    await sweepOrphans(keeping);
    expect(await stored()).toContain(lost.id);
    await touch(DAY_MS + 1_000);
    // Two servers may sweep at the same moment.
    await Promise.all([sweepOrphans(keeping), sweepOrphans(keeping)]);
    expect(await stored()).not.toContain(lost.id);
    expect(await stored()).toContain(kept.id);
  });

  it('is counted, and the count is set right by a sweep', async () => {
    await sweepSnapshots(keeping);
    const where = { deletedAt: null, finishedAt: { not: null } };
    expect(await relay.metric('snapshots')).toBe(await keeping.prisma.snapshot.count({ where }));
    const before = await relay.metric('snapshot_bytes');
    const upload = await page.make(2);
    expect(await relay.metric('snapshot_bytes')).toBe(before + 1.5 * SEALED_CHUNK_BYTES);
    await page.delete(upload.id);
    expect(await relay.metric('snapshot_bytes')).toBe(before);
  });

  it('shows its tokens to the database as hashes only, and not to the metrics', async () => {
    const upload = await page.make(1, { ttlSeconds: 86_400 });
    const { body } = await page.open(upload.id);
    const row = await keeping.prisma.snapshot.findUniqueOrThrow({ where: { id: upload.id } });
    const openings = await keeping.prisma.snapshotOpening.findMany();
    const all = Buffer.concat([
      row.uploadTokenHash,
      row.card,
      ...openings.map(({ tokenHash }) => tokenHash),
    ]);
    const { bytes: metrics } = await page.call('GET', '/metrics');
    for (const secret of [upload.uploadToken, body.token.split('.')[1] ?? '']) {
      expect(all.includes(secret)).toBe(false);
      expect(all.includes(Buffer.from(secret, 'base64url'))).toBe(false);
      expect(metrics.includes(secret)).toBe(false);
    }
    expect(metrics.includes(upload.id)).toBe(false);
  });
});

describe('a server that is killed during an upload', () => {
  it('goes on with it after the start, and its log never held a token', async () => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'warren-snapshots-'));
    const first = await ChildRelay.start(dataDir, 'trace');
    let log = '';
    try {
      const playground = await first.createPlayground();
      const page = new TestSnapshots(first, playground);
      const upload = await page.begin(4);
      for (const chunk of [0, 2]) await page.put(upload, chunk);
      const bytes = chunkOf(upload.content, 1);
      await beginPut(`${first.url}/api/snapshots/${upload.id}/chunks/1`, {
        token: upload.uploadToken,
        length: bytes.length,
        sent: bytes.subarray(0, -1),
      });
      log += first.output;
      await first.kill();

      const second = await ChildRelay.start(dataDir, 'trace');
      try {
        const again = new TestSnapshots(second, playground);
        expect(await again.received(upload)).toEqual([
          [0, 0],
          [2, 2],
        ]);
        for (const chunk of [1, 3]) expect((await again.put(upload, chunk)).status).toBe(204);
        expect((await again.finish(upload)).status).toBe(200);
        const { body } = await again.open(upload.id);
        for (const chunk of [0, 1, 2, 3]) {
          const got = await again.read(upload.id, body.token, chunk);
          expect(got.bytes.equals(chunkOf(upload.content, chunk))).toBe(true);
        }
        await again.read(upload.id, `${body.token}x`, 0);
        log += second.output;
        expect(log).toContain('/api/snapshots/:id/chunks/:number');
        const secrets = [upload.uploadToken, body.token, body.token.split('.')[1] ?? ''];
        for (const secret of [...secrets, playground.owner.secret]) {
          expect(log).not.toContain(secret);
        }
      } finally {
        await second.stop();
      }
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});
