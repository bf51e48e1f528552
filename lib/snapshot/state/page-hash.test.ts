import { describe, expect, it } from 'vitest';
import { hashPage } from './page-hash';

const WORDS = 1024;
const COUNT = 1_000_000;
/** A million pages are 4 GB to hash: 3 s, on a busy machine many times that. */
const BUSY_MS = 120_000;

/** Counts pages whose hash another has, too. */
class Hashes {
  readonly #low = new Uint32Array(1);
  readonly #high = new Uint32Array(1);
  readonly #seen: BigUint64Array;
  count = 0;

  constructor(room: number) {
    this.#seen = new BigUint64Array(room);
  }

  add(words: Int32Array | Uint32Array): void {
    hashPage(words, 0, this.#low, this.#high, 0);
    this.#seen[this.count++] = (BigInt(this.#high[0] ?? 0) << 32n) | BigInt(this.#low[0] ?? 0);
  }

  collisions(): number {
    const sorted = this.#seen.subarray(0, this.count).sort();
    let collisions = 0;
    for (let i = 1; i < sorted.length; i++) if (sorted[i] === sorted[i - 1]) collisions++;
    return collisions;
  }
}

function hashOf(words: Int32Array | Uint32Array, at = 0): [number, number] {
  const low = new Uint32Array(3);
  const high = new Uint32Array(3);
  hashPage(words, at, low, high, 1);
  expect([low[0], low[2], high[0], high[2]]).toEqual([0, 0, 0, 0]);
  return [low[1] ?? 0, high[1] ?? 0];
}

/** Repeatable words (mulberry32). */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return t ^ (t >>> 14);
  };
}

function noisyPage(seed: number): Int32Array {
  return new Int32Array(WORDS).map(noise(seed));
}

describe('hashPage (S6)', () => {
  it('is 0, 0 for a page of zeros and for no other', () => {
    expect(hashOf(new Int32Array(WORDS))).toEqual([0, 0]);
    const page = new Int32Array(WORDS);
    for (let at = 0; at < WORDS; at++) {
      page[at] = 1;
      expect(hashOf(page)).not.toEqual([0, 0]);
      page[at] = 0;
    }
  });

  it('reads the 1,024 words from where it is told, signed or not', () => {
    const page = noisyPage(1);
    const room = new Int32Array(WORDS + 20).fill(-1);
    room.set(page, 13);
    expect(hashOf(room, 13)).toEqual(hashOf(page));
    expect(hashOf(new Uint32Array(page.buffer))).toEqual(hashOf(page));
  });

  it('stays as it is: kept machines carry it', () => {
    expect(hashOf(noisyPage(42))).toMatchInlineSnapshot(`
      [
        2915274997,
        4271693312,
      ]
    `);
    expect(hashOf(new Int32Array(WORDS).fill(-1))).toMatchInlineSnapshot(`
      [
        1288987778,
        1443252751,
      ]
    `);
  });

  it.each([
    ['zeros', new Int32Array(WORDS)],
    ['ones', new Int32Array(WORDS).fill(-1)],
    ['noise', noisyPage(3)],
  ])('tells each single bit of a page of %s apart', (_, page) => {
    const hashes = new Hashes(WORDS * 32 + 1);
    hashes.add(page);
    for (let bit = 0; bit < WORDS * 32; bit++) {
      page[bit >> 5] = (page[bit >> 5] as number) ^ (1 << (bit & 31));
      hashes.add(page);
      page[bit >> 5] = (page[bit >> 5] as number) ^ (1 << (bit & 31));
    }
    expect(hashes.collisions()).toBe(0);
  });

  it('changes half of its bits for one bit of the page, wherever that lies', () => {
    const page = noisyPage(4);
    const [low, high] = hashOf(page);
    let changed = 0;
    const flips = [0, 1, 511, 512, 1022, 1023].flatMap((word) =>
      Array.from({ length: 32 }, (_, bit) => [word, bit] as const),
    );
    for (const [word, bit] of flips) {
      const other = page.slice();
      other[word] = (other[word] as number) ^ (1 << bit);
      const [a, b] = hashOf(other);
      changed += bits(a ^ low) + bits(b ^ high);
    }
    expect(changed / flips.length).toBeGreaterThan(30);
    expect(changed / flips.length).toBeLessThan(34);
  });

  it('minds where words are', () => {
    const page = noisyPage(5);
    const hashes = new Hashes(40_000);
    hashes.add(page);
    for (let at = 0; at < WORDS; at++) {
      for (const other of [at + 1, at + 2, at + 4, at + 8, at + 16, at + 512]) {
        if (other >= WORDS) continue;
        swap(page, at, other);
        hashes.add(page);
        swap(page, at, other);
      }
    }
    expect(hashes.collisions()).toBe(0);
  });

  it(
    'has no collision among a million pages that differ little',
    () => {
      const hashes = new Hashes(COUNT);
      const page = new Int32Array(WORDS);
      // Two small numbers in two places each: pointers and counters of a kernel differ like this.
      for (let i = 0; i < COUNT; i++) {
        const first = i & 1023;
        const second = (first + 1 + ((i >> 10) & 15) * 4) & 1023;
        page[first] = (i >> 14) + 1;
        page[second] = 1 << ((i >> 14) & 31);
        hashes.add(page);
        page[first] = 0;
        page[second] = 0;
      }
      expect(hashes.collisions()).toBe(0);
    },
    BUSY_MS,
  );
});

function swap(page: Int32Array, at: number, other: number): void {
  const kept = page[at] as number;
  page[at] = page[other] as number;
  page[other] = kept;
}

function bits(word: number): number {
  let count = 0;
  for (let rest = word >>> 0; rest !== 0; rest &= rest - 1) count++;
  return count;
}
