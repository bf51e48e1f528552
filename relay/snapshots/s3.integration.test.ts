import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RadosGateway } from '../../lib/server/objects/testing/radosgw';
import { TestRelay } from '../testing/test-relay';
import { chunkOf, TestSnapshots } from '../testing/test-snapshots';
import { prefixOf } from './chunks';
import { sweepOrphans } from './sweep';

const TWO_DAYS_MS = 2 * 86_400_000;

describe('snapshots in S3', () => {
  let gateway: RadosGateway;
  let relay: TestRelay;
  let page: TestSnapshots;
  let now = Date.now();

  beforeAll(async () => {
    gateway = await RadosGateway.start();
    const { endpoint, bucket, region, accessKeyId, secretAccessKey } = gateway.settings;
    relay = await TestRelay.start({
      now: () => now,
      environment: {
        S3_ENDPOINT: endpoint,
        S3_BUCKET: bucket,
        S3_REGION: region,
        S3_ACCESS_KEY_ID: accessKeyId,
        S3_SECRET_ACCESS_KEY: secretAccessKey,
      },
    });
    page = new TestSnapshots(relay, await relay.createPlayground());
  });
  afterAll(async () => {
    await relay?.stop();
    await gateway?.stop();
  });

  const stored = async (id: string) => {
    const keys: string[] = [];
    for await (const { key } of relay.running.relay.snapshots.objects.list(prefixOf(id))) {
      keys.push(key);
    }
    return keys;
  };

  it('go up, come down and are deleted', async () => {
    const upload = await page.begin(3);
    for (const chunk of [2, 0]) expect((await page.put(upload, chunk)).status).toBe(204);
    expect(await page.received(upload)).toEqual([
      [0, 0],
      [2, 2],
    ]);
    expect((await page.finish(upload)).body.error.missing).toEqual([[1, 1]]);
    await page.put(upload, 1);
    expect((await page.finish(upload)).status).toBe(200);
    const { body } = await page.open(upload.id);
    for (const chunk of [0, 1, 2]) {
      const got = await page.read(upload.id, body.token, chunk);
      expect(got.bytes.equals(chunkOf(upload.content, chunk))).toBe(true);
    }
    expect(await stored(upload.id)).toHaveLength(3);
    expect((await page.delete(upload.id)).status).toBe(204);
    expect(await stored(upload.id)).toEqual([]);
  });

  it('without a row go with the sweep, the others stay', async () => {
    const { prisma } = relay.running.relay.database;
    const [kept, lost] = [await page.make(1), await page.make(1)];
    await prisma.snapshot.delete({ where: { id: lost.id } });
    await sweepOrphans(relay.running.relay.snapshots);
    expect(await stored(lost.id)).toHaveLength(1);
    now += TWO_DAYS_MS;
    await sweepOrphans(relay.running.relay.snapshots);
    expect(await stored(lost.id)).toEqual([]);
    expect(await stored(kept.id)).toHaveLength(1);
    now -= TWO_DAYS_MS;
  });

  it('wait for a server that went away: told, not lost', async () => {
    const upload = await page.make(1);
    const { body } = await page.open(upload.id);
    await gateway.stop();
    const answers = [
      await page.read(upload.id, body.token, 0),
      await page.put(await page.begin(1), 0),
    ];
    for (const answer of answers) {
      expect([answer.status, answer.body.error.code]).toEqual([503, 'store-unavailable']);
    }
    expect((await page.find(upload.id)).status).toBe(200);
    // Deleted for everybody, though its objects have to wait for the store.
    expect((await page.delete(upload.id)).status).toBe(204);
    expect((await page.find(upload.id)).status).toBe(404);
    const { prisma } = relay.running.relay.database;
    expect(await prisma.snapshot.count({ where: { id: upload.id } })).toBe(1);
  });
});
