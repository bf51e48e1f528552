import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginPut } from '../testing/half-request';
import { TestRelay } from '../testing/test-relay';
import { TestSnapshots } from '../testing/test-snapshots';
import { until } from '../testing/until';

const DAY_MS = 86_400_000;

describe('a flood of snapshots', () => {
  let relay: TestRelay;
  let page: TestSnapshots;
  let now = Date.now();

  beforeAll(async () => {
    relay = await TestRelay.start({
      now: () => now,
      environment: { TRUST_PROXY: '1' },
      limits: {
        snapshotsPerPlayground: 4,
        snapshotsPerAddressPerDay: 8,
        snapshotBytesPerAddressPerDay: 1_000_000,
        snapshotUploadsPerAddress: 2,
        snapshotOpeningsPerAddressPerMinute: 5,
      },
    });
    page = new TestSnapshots(relay, await relay.createPlayground());
  });
  afterAll(async () => {
    await relay?.stop();
  });

  /** An announcement from another address, as our proxy tells it. */
  const announceFrom = async (address: string, fields: object = {}) => {
    const fresh = await relay.createPlayground();
    const { id, secret } = fresh.owner;
    const response = await fetch(`${relay.url}/api/playgrounds/${fresh.id}/snapshots`, {
      method: 'POST',
      headers: { authorization: `Bearer ${id}.${secret}`, 'x-forwarded-for': address },
      body: JSON.stringify({ bytes: 10, chunks: 1, card: 'QQ==', ttlSeconds: 3_600, ...fields }),
    });
    const { error } = (await response.json()) as { error?: { code: string } };
    return { status: response.status, code: error?.code, headers: response.headers };
  };

  it('meets the number a playground may have, also at once; a deletion makes room', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => page.announce()));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(4);
    const refused = answers.filter(({ status }) => status === 409);
    expect(refused.map(({ body }) => body.error.code)).toEqual(Array(2).fill('too-many-snapshots'));
    const made = answers.find(({ status }) => status === 201);
    await page.delete(made?.body.id ?? '');
    expect((await page.announce()).status).toBe(201);
  });

  it('meets the number an address may make in a day; others go on', async () => {
    for (let made = 0; made < 8; made++) {
      expect((await announceFrom('198.51.100.7')).status).toBe(201);
    }
    const refused = await announceFrom('198.51.100.7');
    expect([refused.status, refused.code]).toEqual([429, 'snapshot-quota']);
    expect(Number(refused.headers.get('retry-after'))).toBe(DAY_MS / 1000);
    expect((await announceFrom('198.51.100.8')).status).toBe(201);
    now += DAY_MS;
    expect((await announceFrom('198.51.100.7')).status).toBe(201);
  });

  it('meets the bytes an address may make in a day; smaller ones still fit', async () => {
    const address = '2001:db8::1';
    expect((await announceFrom(address, { bytes: 900_000 })).status).toBe(201);
    // The neighbour in the same /64 is the same visitor.
    const refused = await announceFrom('2001:db8::2', { bytes: 200_000 });
    expect([refused.status, refused.code]).toEqual([429, 'snapshot-quota']);
    expect((await announceFrom(address, { bytes: 100_000 })).status).toBe(201);
  });

  it('meets the chunks an address may send at a time, and those places come back', async () => {
    now += DAY_MS;
    const upload = await page.begin(1);
    const url = `${relay.url}/api/snapshots/${upload.id}/chunks/0`;
    const slow = { token: upload.uploadToken, length: upload.content.length };
    const half = { ...slow, sent: upload.content.subarray(0, 1_000) };
    const held = [await beginPut(url, half), await beginPut(url, half)];
    const refused = await page.put(upload, 0);
    expect(refused.status).toBe(429);
    expect(refused.body.error.code).toBe('rate-limited');
    expect(refused.headers.get('retry-after')).toBe('1');
    for (const each of held) each.destroy();
    await until(async () => (await page.put(upload, 0)).status === 204, 'a place');
    expect((await page.finish(upload)).status).toBe(200);
  });

  it('meets the openings an address may make in a minute', async () => {
    const { body } = await page.list();
    const [made] = body.snapshots as readonly { id: string }[];
    const answers = [];
    for (let opened = 0; opened < 6; opened++) answers.push(await page.open(made?.id ?? ''));
    expect(answers.map(({ status }) => status).slice(0, 5)).not.toContain(429);
    expect(answers.at(-1)?.status).toBe(429);
  });
});

describe('a sender that never ends', () => {
  it('is cut, and gives its place back', async () => {
    const relay = await TestRelay.start({
      limits: { snapshotTransferMs: 3_000, snapshotUploadsPerAddress: 1 },
    });
    try {
      const page = new TestSnapshots(relay, await relay.createPlayground());
      const upload = await page.begin(1);
      const begun = await beginPut(`${relay.url}/api/snapshots/${upload.id}/chunks/0`, {
        token: upload.uploadToken,
        length: upload.content.length,
        sent: Buffer.from('x'),
      });
      await new Promise<void>((resolve) => begun.once('close', () => resolve()));
      await until(async () => (await page.put(upload, 0)).status === 204, 'the place');
    } finally {
      await relay.stop();
    }
  });
});
