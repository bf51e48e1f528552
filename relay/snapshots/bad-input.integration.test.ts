import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createConnection } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEALED_CHUNK_BYTES } from '../../lib/snapshot/seal/limits';
import { beginPut } from '../testing/half-request';
import { TestRelay } from '../testing/test-relay';
import { TestSnapshots } from '../testing/test-snapshots';
import { until } from '../testing/until';

const SECRET_OF_NOBODY = 'AAAAAAAAAAAAAAAAAAAAAA';

describe('snapshots that nobody should get', () => {
  let relay: TestRelay;
  let page: TestSnapshots;

  beforeAll(async () => {
    relay = await TestRelay.start({
      environment: { SNAPSHOT_MAX_MB: '5', SNAPSHOT_TTL_MAX: '2d' },
    });
    page = new TestSnapshots(relay, await relay.createPlayground());
  });
  afterAll(async () => {
    await relay?.stop();
  });

  it.each([
    ['no fields', { bytes: undefined }, 400, 'body-invalid'],
    ['no bytes', { bytes: 0, chunks: 0 }, 400, 'body-invalid'],
    ['negative bytes', { bytes: -1, chunks: 1 }, 400, 'body-invalid'],
    ['half a byte', { bytes: 0.5 }, 400, 'body-invalid'],
    ['bytes as text', { bytes: '10' }, 400, 'body-invalid'],
    ['more bytes than a number counts', { bytes: 1e300, chunks: 1e294 }, 400, 'body-invalid'],
    ['too few chunks', { bytes: 2 * SEALED_CHUNK_BYTES, chunks: 1 }, 400, 'body-invalid'],
    ['too many chunks', { bytes: 10, chunks: 1_000 }, 400, 'body-invalid'],
    ['more than is allowed', { bytes: 5 * 1024 ** 2 + 1, chunks: 6 }, 413, 'snapshot-too-large'],
    ['a life of a minute', { ttlSeconds: 60 }, 400, 'ttl-invalid'],
    ['a life of a negative time', { ttlSeconds: -3_600 }, 400, 'ttl-invalid'],
    ['a longer life than is allowed', { ttlSeconds: 2 * 86_400 + 1 }, 400, 'ttl-invalid'],
    ['no card', { card: '' }, 400, 'body-invalid'],
    ['a card that is no base64', { card: '<script>' }, 400, 'body-invalid'],
    ['a card over 17 KB', { card: randomBytes(17_500).toString('base64') }, 400, 'body-invalid'],
    ['a card of 1 MB', { card: randomBytes(1024 ** 2).toString('base64') }, 413, 'body-too-large'],
    ['no opening', { maxOpenings: 0 }, 400, 'body-invalid'],
    ['a million openings', { maxOpenings: 1_000_000 }, 400, 'body-invalid'],
  ])('are not begun with %s', async (_name, fields, status, code) => {
    const answer = await page.announce(fields);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  it('are begun with a card of 17 KB', async () => {
    const card = randomBytes(17 * 1024).toString('base64');
    const { id } = await page.make(1, { card });
    expect((await page.find(id)).body).toMatchObject({ card });
  });

  it.each(['-1', '2', '999999', '1000000', '00', '1e0', 'NaN', '__proto__'])(
    'have no chunk %s',
    async (number) => {
      const upload = await page.begin(2);
      const path = `/api/snapshots/${upload.id}/chunks/${number}`;
      const put = await page.call('PUT', path, {
        token: upload.uploadToken,
        bytes: new Uint8Array(SEALED_CHUNK_BYTES),
      });
      expect([put.status, put.body.error.code]).toEqual([404, 'chunk-unknown']);
      const done = await page.make(2);
      const { body } = await page.open(done.id);
      const read = await page.read(done.id, body.token, number);
      expect([read.status, read.body.error.code]).toEqual([404, 'chunk-unknown']);
    },
  );

  it.each([
    0,
    1,
    SEALED_CHUNK_BYTES / 2,
    SEALED_CHUNK_BYTES - 1,
    SEALED_CHUNK_BYTES + 1,
    4 * SEALED_CHUNK_BYTES,
  ])('take no chunk of %i bytes where 1 MB belongs', async (length) => {
    const upload = await page.begin(2);
    const path = `/api/snapshots/${upload.id}/chunks/0`;
    const sent = { token: upload.uploadToken, bytes: new Uint8Array(length) };
    const answer = await page.call('PUT', path, sent).catch(() => undefined);
    // A body that is far too long may be cut before its sender reads why.
    if (answer) expect([answer.status, answer.body.error.code]).toEqual([400, 'length-wrong']);
    else expect(length).toBeGreaterThan(2 * SEALED_CHUNK_BYTES);
    expect(await page.received(upload)).toEqual([]);
  });

  it('take a body without a length only if it has the right one', async () => {
    const upload = await page.begin(1);
    const put = async (bytes: Buffer) => {
      const sending = request(`${relay.url}/api/snapshots/${upload.id}/chunks/0`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${upload.uploadToken}`, 'transfer-encoding': 'chunked' },
        agent: false,
      });
      sending.write(bytes.subarray(0, 1_000));
      sending.end(bytes.subarray(1_000));
      const [answer] = (await once(sending, 'response')) as [IncomingMessage];
      answer.resume();
      return { status: answer.statusCode };
    };
    const { content } = upload;
    expect((await put(content.subarray(1))).status).toBe(400);
    expect((await put(Buffer.concat([content, content.subarray(0, 1)]))).status).toBe(400);
    expect(await page.received(upload)).toEqual([]);
    expect((await put(content)).status).toBe(204);
    expect(await page.received(upload)).toEqual([[0, 0]]);
  });

  it('keep nothing of a body that was cut', async () => {
    const upload = await page.begin(1);
    const before = await relay.rejects('http', 'body-cut');
    const begun = await beginPut(`${relay.url}/api/snapshots/${upload.id}/chunks/0`, {
      token: upload.uploadToken,
      length: upload.content.length,
      sent: upload.content.subarray(0, -1),
    });
    begun.destroy();
    await relay.untilRejected('http', 'body-cut', before);
    expect(await page.received(upload)).toEqual([]);
    expect((await page.put(upload, 0)).status).toBe(204);
  });

  it.each([
    ['of nobody', () => SECRET_OF_NOBODY],
    ['that is empty', () => '.'],
    ['of a megabyte', () => 'x'.repeat(8_000)],
    ['that is a link', () => `${page.link.id}.${page.link.secret}`],
  ])('are not taken further with a token %s', async (_name, token) => {
    const upload = await page.begin(1);
    const as = { ...upload, uploadToken: token() };
    const path = `/api/snapshots/${upload.id}/chunks`;
    const answers = [
      await page.put(as, 0),
      await page.finish(as),
      await page.call('GET', path, { token: token() }),
    ];
    // Not there at all, and there with another token, are answered alike.
    answers.push(await page.put({ ...as, id: 'aaaaaaaaaaaa' }, 0));
    answers.push(await page.put({ ...as, id: 'not-an-id' }, 0));
    for (const { status, body } of answers) {
      expect([status, body.error.code]).toEqual([401, 'upload-unknown']);
    }
  });

  it('are not taken further with the token of another upload, nor without any', async () => {
    const [one, two] = [await page.begin(1), await page.begin(1)];
    const other = await page.put({ ...one, uploadToken: two.uploadToken }, 0);
    expect([other.status, other.body.error.code]).toEqual([401, 'upload-unknown']);
    const none = await page.call('PUT', `/api/snapshots/${one.id}/chunks/0`, {
      bytes: new Uint8Array(one.content),
    });
    expect([none.status, none.body.error.code]).toEqual([401, 'token-missing']);
    expect(await page.received(one)).toEqual([]);
  });

  it('are not read without an opening of their own', async () => {
    const [one, two] = [await page.make(), await page.make()];
    const { body } = await page.open(two.id);
    const [opening] = body.token.split('.');
    const tokens = [
      body.token,
      one.uploadToken,
      `${opening}.${SECRET_OF_NOBODY}`,
      `${opening}`,
      `${opening}.`,
      `aaaaaaaaaaaa.${SECRET_OF_NOBODY}`,
    ];
    for (const token of tokens) {
      const { status, body } = await page.read(one.id, token, 0);
      expect([status, body.error.code]).toEqual([401, 'opening-unknown']);
    }
    const none = await page.call('GET', `/api/snapshots/${one.id}/chunks/0`);
    expect(none.body.error.code).toBe('token-missing');
    expect((await page.read(two.id, body.token, 0)).status).toBe(200);
  });

  it.each(['x', 'ABCDEFGHIJKL', 'aaaaaaaaaaaa', "'--", '%2e%2e%2f', 'a'.repeat(60)])(
    'are not found as %j',
    async (id) => {
      const answer = await page.find(id);
      expect(answer.status).toBe(404);
      expect((await page.open(id)).status).toBe(404);
      expect((await page.delete(id)).status).toBe(404);
    },
  );

  it('cost no worker when many are cut at the same time', async () => {
    const upload = await page.begin(1);
    const url = new URL(relay.url);
    const before = await relay.rejects('http', 'body-cut');
    const head = [
      `PUT /api/snapshots/${upload.id}/chunks/0 HTTP/1.1`,
      `Host: ${url.host}`,
      `Authorization: Bearer ${upload.uploadToken}`,
      `Content-Length: ${upload.content.length}`,
    ].join('\r\n');
    const sockets = Array.from({ length: 20 }, () => {
      const socket = createConnection(Number(url.port), url.hostname);
      socket.on('error', () => undefined);
      socket.write(`${head}\r\n\r\nhalf`, () => socket.destroySoon());
      return socket;
    });
    await until(async () => (await relay.rejects('http', 'body-cut')) >= before + 20, 'all cuts');
    for (const socket of sockets) socket.destroy();
    expect((await page.put(upload, 0)).status).toBe(204);
  });
});
