import { describe, expect, it } from 'vitest';
import type { Duplex } from './duplex';
import { HIGH_WATER_BYTES } from './limits';
import { Link } from './link';
import { transportPair } from './pair';
import { splice } from './pipe';
import { Random } from './random';
import type { Reason } from './reason';
import { KIND_PG, pattern, settle } from './testing';
import type { Transport } from './transport';

/** Peer ↔ relay ↔ page ↔ Worker: three links, joined as the house joins them. */
const HOPS = 3;
const WINDOW_BYTES = 16_384;
const BUFFER_BYTES = 30_000;
const SEEDS = Array.from({ length: 25 }, (_, index) => index + 1);

/** Transports that are cut after so many bytes of either direction, in the middle of a frame or not. */
function cutAfter(bytes: number, [left, right]: [Transport, Transport]): [Transport, Transport] {
  let allowed = bytes;
  const cut = (transport: Transport): Transport => {
    let lost = () => {};
    return {
      send: (chunk) => {
        if (allowed <= 0) return;
        transport.send(chunk.slice(0, allowed));
        allowed -= chunk.length;
        if (allowed > 0) return;
        transport.close({ code: 'link-lost', text: 'cut' });
        queueMicrotask(lost);
      },
      writable: () => transport.writable(),
      close: (reason) => transport.close(reason),
      attach: (handlers) => {
        lost = () => handlers.closed();
        transport.attach(handlers);
      },
    };
  };
  return [cut(left), cut(right)];
}

/** Opens streams at the far end of `open`, through every hop. */
function chain(onStream: (stream: Duplex) => void, wires = () => transportPair(BUFFER_BYTES)) {
  let next: Link | undefined;
  for (let hop = HOPS; hop > 0; hop -= 1) {
    const [near, far] = wires();
    const further = next;
    new Link(far, {
      role: 'server',
      window: WINDOW_BYTES,
      onStream: (stream) => {
        stream.accept();
        if (further) splice(stream, further.open(stream.metadata));
        else onStream(stream);
      },
    });
    next = new Link(near, { role: 'client', window: WINDOW_BYTES });
  }
  return next!;
}

interface Reader {
  length: number;
  ended: boolean;
  reset: Reason | undefined;
}

/** Checks each byte and takes it at once or some turns later. */
function read(stream: Duplex, key: number, random: Random): Reader {
  const seen: Reader = { length: 0, ended: false, reset: undefined };
  stream.attach({
    data: (chunk) => {
      const expected = pattern(key, seen.length, chunk.length);
      if (Buffer.compare(chunk, expected) !== 0) throw new Error(`wrong bytes at ${seen.length}`);
      seen.length += chunk.length;
      if (random.chance(0.7)) stream.consumed(chunk.length);
      else setTimeout(() => stream.consumed(chunk.length), random.between(0, 3));
    },
    end: () => {
      seen.ended = true;
    },
    reset: (reason) => {
      seen.reset = reason;
    },
    drain: () => {},
  });
  return seen;
}

async function write(stream: Duplex, key: number, bytes: number, random: Random): Promise<void> {
  for (let at = 0; at < bytes; ) {
    const length = Math.min(random.between(1, 30_000), bytes - at);
    stream.write(pattern(key, at, length));
    at += length;
    if (random.chance(0.3)) await settle();
  }
  stream.end();
}

async function finished(readers: () => Reader[]): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (readers().some(({ ended, reset }) => !ended && !reset)) {
    if (Date.now() > deadline) throw new Error('a stream neither ended nor was reset');
    await settle();
  }
}

describe('three hops', () => {
  it.each(SEEDS)('S7, C3 carry bytes exactly, whatever pauses, seed %i', async (seed) => {
    const random = new Random(seed);
    const far: Reader[] = [];
    const first = chain((stream) => {
      const key = 100 + far.length;
      far.push(read(stream, far.length, random));
      void write(stream, key, 70_000, random);
    });
    const near = [0, 1, 2].map((key) => {
      const stream = first.open(KIND_PG);
      void write(stream, key, 50_000 * (key + 1), random);
      return read(stream, 100 + key, random);
    });
    await finished(() => [...near, ...far]);
    expect(far.map(({ length }) => length)).toEqual([50_000, 100_000, 150_000]);
    expect(near.map(({ length }) => length)).toEqual([70_000, 70_000, 70_000]);
    await settle();
    expect(first.streamCount).toBe(0);
  });

  it.each(SEEDS)('S7 a cut anywhere resets, and never looks like an end, seed %i', async (seed) => {
    const random = new Random(seed);
    const cuts = Array.from({ length: HOPS }, () => random.between(33, 600_000));
    const far: Reader[] = [];
    const first = chain(
      (stream) => {
        far.push(read(stream, 1, random));
        stream.write(pattern(2, 0, 1_000));
        stream.end();
      },
      () => cutAfter(cuts.pop()!, transportPair(BUFFER_BYTES)),
    );
    const stream = first.open(KIND_PG);
    const near = read(stream, 2, random);
    await write(stream, 1, 400_000, random).catch(() => {});
    await finished(() => [near, ...far]);
    for (const [reader, whole] of [
      [near, 1_000] as const,
      ...far.map((r) => [r, 400_000] as const),
    ]) {
      if (reader.ended) expect(reader.length).toBe(whole);
      else expect(reader.reset?.code).toBe('link-lost');
    }
  });

  it('C2 a reader that stops stops the writer: what waits on the way is bounded', async () => {
    let consume = (_bytes: number) => {};
    let delivered = 0;
    const first = chain((stream) => {
      consume = (bytes) => stream.consumed(bytes);
      stream.attach({
        data: (chunk) => {
          delivered += chunk.length;
        },
        end() {},
        reset() {},
        drain() {},
      });
    });
    const stream = first.open(KIND_PG);
    let written = 0;
    let open = true;
    stream.attach({
      data() {},
      end() {},
      reset() {},
      drain: () => {
        open = true;
      },
    });
    for (let turn = 0; turn < 500; turn += 1) {
      while (open) {
        open = stream.write(new Uint8Array(10_000));
        written += 10_000;
      }
      await settle();
    }
    expect(delivered).toBe(WINDOW_BYTES);
    const most = HOPS * (WINDOW_BYTES + HIGH_WATER_BYTES + 10_000);
    expect(written).toBeLessThan(most);
    consume(WINDOW_BYTES);
    await settle();
    expect(delivered).toBe(2 * WINDOW_BYTES);
  });
});
