import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Health } from '../../lib/machine/types';
import { startAgent } from './testing/agent';
import { beginRaw, type RawHost } from './testing/host';

async function line(host: RawHost, stream: number): Promise<Health> {
  const { bytes } = await host.takeOf('data', stream);
  const text = Buffer.from(bytes).toString();
  expect(text).toMatch(/^\{.*\}\n$/);
  return JSON.parse(text);
}

async function once(host: RawHost): Promise<Health> {
  const id = host.open(['kind', 'health']);
  const health = await line(host, id);
  await host.takeOf('end', id);
  return health;
}

describe('J1: health', () => {
  test('one line with all figures, then END', async () => {
    const host = await beginRaw(await startAgent({ pgData: tmpdir() }));
    const health = await once(host);
    expect(health).toEqual({
      pg: 'down',
      uptime: expect.any(Number),
      memTotal: expect.any(Number),
      memAvailable: expect.any(Number),
      diskTotal: expect.any(Number),
      diskFree: expect.any(Number),
      oomKills: expect.any(Number),
      cpuBusy: expect.any(Number),
    });
    expect(health.uptime).toBeGreaterThan(0);
    expect(health.memAvailable).toBeGreaterThan(1_000_000);
    expect(health.memTotal).toBeGreaterThan(health.memAvailable);
    expect(health.diskTotal).toBeGreaterThan(health.diskFree);
    expect(health.cpuBusy).toBeGreaterThanOrEqual(0);
    expect(health.cpuBusy).toBeLessThanOrEqual(1);
  });

  test('every-ms gives a line for each period, until END', async () => {
    const agent = await startAgent({ pgData: tmpdir() });
    const host = await beginRaw(agent);
    const before = await agent.descriptors();
    const id = host.open(['kind', 'health'], ['every-ms', '250']);
    const start = performance.now();
    for (let i = 0; i < 3; i++) await line(host, id);
    // The first comes at once.
    expect(performance.now() - start).toBeGreaterThan(450);
    host.send({ type: 'end', stream: id });
    await host.takeOf('end', id);
    await host.settled();
    expect(await agent.descriptors()).toBe(before);
  });

  test('C2: a host without credit misses periods, and lines do not pile up', async () => {
    const host = await beginRaw(await startAgent({ pgData: tmpdir() }), { window: 10 });
    const slow = host.open(['kind', 'health'], ['every-ms', '250']);
    await host.takeOf('data', slow);
    // Four periods of a second stream pass meanwhile.
    const quick = host.open(['kind', 'health'], ['every-ms', '250']);
    host.send({ type: 'credit', stream: quick, bytes: 100_000 });
    let text = '';
    while (text.split('\n').length < 5) {
      text += Buffer.from((await host.takeOf('data', quick)).bytes).toString();
    }
    host.send({ type: 'credit', stream: slow, bytes: 100_000 }, { type: 'end', stream: slow });
    const rest = await host.bytesUntilEnd(slow);
    expect(rest.toString().split('\n').length - 1).toBeLessThanOrEqual(2);
  });

  test.each(['249', '60001', '-1', '1e3', '', '18446744073709551616'])(
    'every-ms of "%s" is a protocol-error',
    async (every) => {
      const host = await beginRaw(await startAgent());
      const id = host.open(['kind', 'health'], ['every-ms', every]);
      expect(await host.resetOf(id)).toBe('protocol-error');
    },
  );

  test.each<[pg: string, pidFile: string]>([
    ['down', 'garbage'],
    ['down', '999999999\n/data\n0\n5432\n/run\n\n0 0\nready   \n'],
    ['down', '-1\n'],
    // The pid is alive, but no postgres: a number used anew after a crash.
    ['down', `${process.pid}\n/data\n0\n5432\n/run\n\n0 0\nready   \n`],
  ])('pg is %s when postmaster.pid is stale: %#', async (pg, pidFile) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'warren-health-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(path.join(folder, 'postmaster.pid'), pidFile);
    const host = await beginRaw(await startAgent({ pgData: folder }));
    expect((await once(host)).pg).toBe(pg);
  });
});
