import { expect, test } from 'vitest';
import { MOST_FAULTS } from './back-off';
import type { ChunkRange } from './chunk-list';
import { TransferError } from './transfer-error';
import { upload } from './upload';

const CHUNK_BYTES = 10;
const EXPIRES_AT = 1_800_000_000_000;
const offline = () => new TransferError('offline', 'The server cannot be reached.', 0);

/** A server behind a network that is cut at the requests one says. */
class Network {
  readonly has = new Set<number>();
  readonly puts: number[] = [];
  requests = 0;
  finished = 0;

  constructor(
    readonly count: number,
    readonly fault: (request: number) => TransferError | undefined = () => undefined,
  ) {}

  get chunks(): Blob[] {
    return Array.from({ length: this.count }, () => new Blob(['x'.repeat(CHUNK_BYTES)]));
  }

  get target() {
    return {
      put: async (chunk: number) => {
        await this.#pass();
        this.puts.push(chunk);
        this.has.add(chunk);
      },
      received: async (): Promise<ChunkRange[]> => {
        await this.#pass();
        return [...this.has].map((chunk) => [chunk, chunk]);
      },
      finish: async () => {
        await this.#pass();
        this.finished++;
        return EXPIRES_AT;
      },
    };
  }

  async #pass(): Promise<void> {
    await Promise.resolve();
    const fault = this.fault(this.requests++);
    if (fault) throw fault;
  }
}

function send(network: Network, isResumed = false) {
  const waits: number[] = [];
  const progress: number[] = [];
  const told: (string | undefined)[] = [];
  const end = new AbortController();
  const done = upload({
    target: network.target,
    chunks: network.chunks,
    isResumed,
    signal: end.signal,
    onProgress: (bytes) => progress.push(bytes),
    onFault: (message) => told.push(message),
    pause: async (ms) => {
      waits.push(ms);
    },
    chance: () => 1,
  });
  return { done, waits, progress, told, end };
}

test('all chunks are sent once, without asking first', async () => {
  const network = new Network(7);
  const { done, progress } = send(network);
  expect(await done).toBe(EXPIRES_AT);
  expect(network.puts.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(network.requests).toBe(8);
  expect([progress[0], progress.at(-1)]).toEqual([0, 70]);
});

test.each(Array.from({ length: 10 }, (_, tenth) => tenth))(
  'cut at tenth %i it goes on with what is missing',
  async (tenth) => {
    const network = new Network(20, (request) => (request === tenth * 2 ? offline() : undefined));
    const { done, waits, told, progress } = send(network);
    await done;
    expect(network.puts.toSorted((a, b) => a - b)).toEqual([...Array(20).keys()]);
    expect(network.finished).toBe(1);
    expect(waits).toEqual([500]);
    expect(told).toEqual(['The server cannot be reached.', undefined]);
    expect(progress.at(-1)).toBe(200);
  },
);

test('an upload that is resumed asks what is there', async () => {
  const network = new Network(4);
  network.has.add(0).add(2);
  const { done, progress } = send(network, true);
  await done;
  expect(network.puts.toSorted()).toEqual([1, 3]);
  expect(progress[0]).toBe(20);
});

test('while the network is away, waits grow and end after so many faults', async () => {
  const network = new Network(3, offline);
  const { done, waits } = send(network);
  await expect(done).rejects.toMatchObject({ code: 'offline' });
  expect(waits).toHaveLength(MOST_FAULTS - 1);
  expect(waits.slice(0, 3)).toEqual([500, 1000, 2000]);
});

test('a refusal is not tried again', async () => {
  const refused = new TransferError('too-large', 'The file is too large.', 413);
  const network = new Network(3, (request) => (request === 1 ? refused : undefined));
  const { done, waits } = send(network);
  await expect(done).rejects.toBe(refused);
  expect(waits).toEqual([]);
  expect(network.finished).toBe(0);
});

test('a server that misses a chunk after all gets it', async () => {
  const incomplete = new TransferError('snapshot-incomplete', 'Some have not arrived.', 409);
  const network = new Network(3, (request) => (request === 3 ? incomplete : undefined));
  const run = send(network);
  network.has.delete(0);
  await run.done;
  expect(network.finished).toBe(1);
  expect(run.waits).toEqual([500]);
});

test('aborted, it ends with that reason and waits for nothing', async () => {
  const network = new Network(5, offline);
  const { done, waits, end } = send(network);
  end.abort(new Error('cancelled'));
  await expect(done).rejects.toThrow('cancelled');
  expect(waits).toEqual([]);
});
