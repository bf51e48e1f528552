import { describe, expect, test } from 'vitest';
import { fileError } from '@/lib/machine/file-error';
import { blobSink } from './file-sink';
import { rateOf, type Sample, withSample } from './transfer';
import { TransferList } from './transfer-list';

const MB = 1_000_000;

test('the rate is that of the last seconds', () => {
  let samples: readonly Sample[] = [{ at: 0, bytes: 0 }];
  expect(rateOf(samples)).toBeUndefined();
  for (let second = 1; second <= 10; second++) {
    samples = withSample(samples, { at: second * 1000, bytes: second * MB });
  }
  expect(rateOf(samples)).toBe(MB);
  expect(samples.length).toBeLessThan(6);
  for (let second = 11; second <= 14; second++) {
    samples = withSample(samples, { at: second * 1000, bytes: 10 * MB });
  }
  expect(rateOf(samples)).toBe(0);
});

describe('the list of transfers', () => {
  const order = { name: 'a', totalBytes: 10 } as const;
  const states = (list: TransferList) => list.all.get().map(({ state }) => state.kind);
  const never = (signal: AbortSignal) =>
    new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

  test('uploads wait for one another, a download does not', async () => {
    const list = new TransferList();
    const first = list.add({ ...order, direction: 'up', work: (_, signal) => never(signal) });
    const second = list.add({ ...order, direction: 'up', work: async () => {} });
    const down = list.add({ ...order, direction: 'down', work: async () => {} });
    await down;
    expect(states(list)).toEqual(['running', 'waiting', 'done']);
    list.cancel(1);
    expect(await first).toEqual({ kind: 'cancelled' });
    expect(await second).toMatchObject({ kind: 'done' });
    list.clear();
    expect(states(list)).toEqual([]);
  });

  test('one that waits is cancelled and never begins', async () => {
    const list = new TransferList();
    let began = false;
    const first = list.add({ ...order, direction: 'up', work: (_, signal) => never(signal) });
    const second = list.add({
      ...order,
      direction: 'up',
      work: async () => {
        began = true;
      },
    });
    await Promise.resolve();
    list.cancel(2);
    expect(states(list)[1]).toBe('cancelled');
    list.cancel(1);
    await Promise.all([first, second]);
    expect(states(list)).toEqual(['cancelled', 'cancelled']);
    expect(began).toBe(false);
  });

  test('a failure has its code, and the next one goes on', async () => {
    const list = new TransferList();
    const failed = await list.add({
      ...order,
      direction: 'up',
      work: () => Promise.reject(fileError('no-room')),
    });
    expect(failed).toMatchObject({ kind: 'failed', code: 'no-room' });
    expect(await list.add({ ...order, direction: 'up', work: async () => {} })).toMatchObject({
      kind: 'done',
    });
  });

  test('progress is told with its rate', async () => {
    let now = 0;
    const list = new TransferList(() => now);
    const seen: unknown[] = [];
    list.all.subscribe(() => seen.push(list.all.get()[0]?.state));
    const work = async (progress: (bytes: number) => void) => {
      now = 1000;
      progress(5);
      progress(6);
      now = 2000;
      progress(10);
    };
    const end = await list.add({ ...order, direction: 'down', work });
    expect(end).toEqual({ kind: 'done', bytes: 10, ms: 2000 });
    expect(seen).toContainEqual({ kind: 'running', bytes: 5, rate: 5 });
    expect(seen).not.toContainEqual(expect.objectContaining({ bytes: 6 }));
  });
});

describe('a download that is collected', () => {
  const pieces = [new Uint8Array(3_000_000).fill(1), new Uint8Array(3_000_000).fill(2)];

  test('is whole once it is closed', async () => {
    let saved: Blob | undefined;
    const writer = blobSink((file) => {
      saved = file;
    }).getWriter();
    for (const piece of pieces) await writer.write(piece);
    expect(saved).toBeUndefined();
    await writer.close();
    const bytes = new Uint8Array(await saved!.arrayBuffer());
    expect([bytes.length, bytes[0], bytes.at(-1)]).toEqual([6_000_000, 1, 2]);
  });

  test('is nothing when it is aborted', async () => {
    let saves = 0;
    const writer = blobSink(() => saves++).getWriter();
    await writer.write(pieces[0]!);
    await writer.abort();
    expect(saves).toBe(0);
  });
});
