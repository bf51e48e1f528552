import { expect, test } from 'vitest';
import { MOST_FAULTS } from './back-off';
import { download } from './download';
import { TransferError } from './transfer-error';

const offline = () => new TransferError('offline', 'The server cannot be reached.', 0);

interface Asked {
  readonly count: number;
  readonly get: (chunk: number, time: number) => Uint8Array | Promise<Uint8Array>;
}

function start({ count, get }: Asked) {
  const asked: number[] = [];
  const waits: number[] = [];
  const progress: number[] = [];
  const signals: AbortSignal[] = [];
  const end = new AbortController();
  const chunks = download({
    count,
    get: async (chunk, signal, onBytes) => {
      asked.push(chunk);
      signals.push(signal);
      onBytes(1);
      await Promise.resolve();
      return get(chunk, asked.filter((each) => each === chunk).length);
    },
    signal: end.signal,
    onProgress: (bytes) => progress.push(bytes),
    pause: async (ms) => {
      waits.push(ms);
    },
    chance: () => 1,
  });
  return { chunks, asked, waits, progress, signals, end };
}

async function all(chunks: AsyncIterable<Uint8Array>): Promise<number[]> {
  const firsts: number[] = [];
  for await (const chunk of chunks) firsts.push(chunk[0] ?? -1);
  return firsts;
}

test('chunks come in order, however they arrive', async () => {
  const late = (chunk: number) =>
    new Promise<void>((resolve) => setImmediate(resolve)).then(() => Uint8Array.of(chunk, 0));
  const run = start({
    count: 9,
    get: (chunk) => (chunk % 3 === 0 ? late(chunk) : Uint8Array.of(chunk, 0)),
  });
  expect(await all(run.chunks)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(run.progress.at(-1)).toBe(18);
  expect(Math.max(...run.progress)).toBe(18);
});

test('a chunk that did not come whole is asked for again, and counted once', async () => {
  const run = start({
    count: 4,
    get: (chunk, time) => {
      if (chunk === 2 && time < 3) throw offline();
      return Uint8Array.of(chunk);
    },
  });
  expect(await all(run.chunks)).toEqual([0, 1, 2, 3]);
  expect(run.waits).toEqual([500, 1000]);
  expect(run.progress.at(-1)).toBe(4);
});

test('a link that expires meanwhile ends it at once', async () => {
  const gone = new TransferError('snapshot-expired', 'It has expired.', 410);
  const run = start({
    count: 9,
    get: (chunk) => {
      if (chunk === 3) throw gone;
      return Uint8Array.of(chunk);
    },
  });
  await expect(all(run.chunks)).rejects.toBe(gone);
  expect(run.waits).toEqual([]);
});

test('a network that stays away ends it after so many faults', async () => {
  const run = start({
    count: 1,
    get: () => {
      throw offline();
    },
  });
  await expect(all(run.chunks)).rejects.toMatchObject({ code: 'offline' });
  expect(run.asked).toHaveLength(MOST_FAULTS);
});

test('a reader that leaves ends what is under way', async () => {
  const run = start({ count: 100, get: (chunk) => Uint8Array.of(chunk) });
  for await (const chunk of run.chunks) if (chunk[0] === 1) break;
  expect(run.asked.length).toBeLessThan(10);
  expect(run.signals.every((signal) => signal.aborted)).toBe(true);
});

test('no more than a few chunks are asked for ahead', async () => {
  const run = start({ count: 100, get: (chunk) => Uint8Array.of(chunk) });
  await run.chunks.next();
  expect(run.asked).toEqual([0, 1, 2, 3]);
  await run.chunks.return();
});

test('aborted, it ends with that reason', async () => {
  const run = start({
    count: 5,
    get: () => {
      throw offline();
    },
  });
  run.end.abort(new Error('cancelled'));
  await expect(all(run.chunks)).rejects.toThrow('cancelled');
});
