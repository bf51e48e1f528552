import { describe, expect, it } from 'vitest';
import { HELD_MAX_BYTES, MessageBoundary } from './message-boundary';

function message(length: number, fill = 1): Uint8Array {
  const bytes = new Uint8Array(5 + length).fill(fill);
  bytes[0] = 0x64;
  new DataView(bytes.buffer).setUint32(1, 4 + length);
  return bytes;
}

function collect() {
  const pieces: Uint8Array[] = [];
  const boundary = new MessageBoundary((piece) => pieces.push(piece));
  return { boundary, passed: () => Buffer.concat(pieces) };
}

describe('a message boundary', () => {
  it('passes whole messages on at once', () => {
    const { boundary, passed } = collect();
    const both = Buffer.concat([message(10), message(0)]);
    boundary.push(both);
    expect(passed()).toEqual(both);
    expect(boundary.isInside).toBe(false);
  });

  it('holds the beginning of a small message until its end', () => {
    const { boundary, passed } = collect();
    const whole = Buffer.concat([message(10), message(100)]);
    boundary.push(whole.subarray(0, 18));
    expect(passed()).toEqual(Buffer.from(message(10)));
    expect(boundary.isInside).toBe(false);
    boundary.push(whole.subarray(18));
    expect(passed()).toEqual(whole);
  });

  it('does not hold a large message, and tells that it is inside', () => {
    const { boundary, passed } = collect();
    const whole = message(HELD_MAX_BYTES + 1);
    boundary.push(whole.subarray(0, 100));
    expect(passed()).toHaveLength(100);
    expect(boundary.isInside).toBe(true);
    boundary.push(whole.subarray(100));
    expect(boundary.isInside).toBe(false);
    expect(passed()).toEqual(Buffer.from(whole));
  });

  it('passes a cut message on when the server has ended', () => {
    const { boundary, passed } = collect();
    boundary.push(message(10).subarray(0, 3));
    boundary.flush();
    expect(passed()).toHaveLength(3);
  });

  it('does not hang on a length that cannot be', () => {
    const { boundary, passed } = collect();
    boundary.push(new Uint8Array(50));
    expect(passed()).toHaveLength(50);
  });

  it.each(Array.from({ length: 50 }, (_, seed) => seed + 1))(
    'loses, adds and reorders nothing, however the bytes are cut (seed %d)',
    (seed) => {
      const random = mulberry32(seed);
      const upTo = (most: number) => Math.floor(random() * most);
      const sizes = Array.from({ length: 60 }, () =>
        random() < 0.1 ? upTo(3 * HELD_MAX_BYTES) : upTo(300),
      );
      const whole = Buffer.concat(sizes.map((size, n) => message(size, n)));
      const ends = new Set<number>([0]);
      let end = 0;
      for (const size of sizes) {
        end += 5 + size;
        ends.add(end);
      }
      const { boundary, passed } = collect();
      for (let at = 0; at < whole.length; ) {
        const next = at + 1 + upTo(random() < 0.2 ? 20_000 : 400);
        boundary.push(whole.subarray(at, next));
        at = next;
        expect(ends.has(passed().length)).toBe(!boundary.isInside);
      }
      expect(passed().equals(whole)).toBe(true);
    },
  );
});

/** A small generator of random numbers that a seed repeats exactly. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
