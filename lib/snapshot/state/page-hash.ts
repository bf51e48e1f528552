/**
 * The hash by which pages are compared (rule S6 of docs/snapshot.md): two lanes of 32 bits with primes and rotations of
 * their own, each of two accumulators that take words in turn. Made to be fast: a step is one multiplication and one rotation for a
 * word and a lane, and eight words a turn keep the loop's own cost small. Not made against somebody who looks for
 * collisions: that would be the guest itself, who would harm nobody else.
 */

/** Odd, with about half of their bits set; the lanes' are those of xxHash32 and MurmurHash3. */
const P = 0x9e3779b1 | 0;
const Q = 0xcc9e2d51 | 0;
const P_JOIN = 0x85ebca77 | 0;
const Q_JOIN = 0x1b873593;

/** Words of a page of 4,096 bytes. */
const PAGE_WORDS = 1024;
const WORDS_A_TURN = 8;

/** What zeros hash to before it is made 0. */
const ZEROS = hashOfZeros();

/**
 * Hashes the page that begins at word `at`, into `low[index]` and `high[index]`. Both are 0 exactly when all of it is zeros.
 */
export function hashPage(
  words: Int32Array | Uint32Array,
  at: number,
  low: Uint32Array,
  high: Uint32Array,
  index: number,
): void {
  mix(words, at, low, high, index);
  low[index] = (low[index] as number) ^ ZEROS.low;
  high[index] = (high[index] as number) ^ ZEROS.high;
  if (low[index] === 0 && high[index] === 0 && !isZeros(words, at)) low[index] = 1;
}

function mix(
  words: Int32Array | Uint32Array,
  at: number,
  low: Uint32Array,
  high: Uint32Array,
  index: number,
): void {
  let a = 0x165667b1;
  let b = 0x27d4eb2f;
  let c = 0x61c88647;
  let d = 0x5bd1e995;
  const end = at + PAGE_WORDS;
  for (let i = at; i < end; i += WORDS_A_TURN) {
    let v = words[i] as number;
    let w = words[i + 1] as number;
    a = Math.imul(a ^ v, P);
    b = Math.imul(b ^ w, P);
    c = Math.imul(c ^ v, Q);
    d = Math.imul(d ^ w, Q);
    a = (a << 13) | (a >>> 19);
    b = (b << 13) | (b >>> 19);
    c = (c << 17) | (c >>> 15);
    d = (d << 17) | (d >>> 15);

    v = words[i + 2] as number;
    w = words[i + 3] as number;
    a = Math.imul(a ^ v, P);
    b = Math.imul(b ^ w, P);
    c = Math.imul(c ^ v, Q);
    d = Math.imul(d ^ w, Q);
    a = (a << 13) | (a >>> 19);
    b = (b << 13) | (b >>> 19);
    c = (c << 17) | (c >>> 15);
    d = (d << 17) | (d >>> 15);

    v = words[i + 4] as number;
    w = words[i + 5] as number;
    a = Math.imul(a ^ v, P);
    b = Math.imul(b ^ w, P);
    c = Math.imul(c ^ v, Q);
    d = Math.imul(d ^ w, Q);
    a = (a << 13) | (a >>> 19);
    b = (b << 13) | (b >>> 19);
    c = (c << 17) | (c >>> 15);
    d = (d << 17) | (d >>> 15);

    v = words[i + 6] as number;
    w = words[i + 7] as number;
    a = Math.imul(a ^ v, P);
    b = Math.imul(b ^ w, P);
    c = Math.imul(c ^ v, Q);
    d = Math.imul(d ^ w, Q);
    a = (a << 13) | (a >>> 19);
    b = (b << 13) | (b >>> 19);
    c = (c << 17) | (c >>> 15);
    d = (d << 17) | (d >>> 15);
  }
  low[index] = join(a, b, P_JOIN);
  high[index] = join(d, c, Q_JOIN);
}

/** One word of a lane's two accumulators; the last steps are MurmurHash3's, which spread each bit over all. */
function join(first: number, second: number, prime: number): number {
  let hash = Math.imul(first, prime) ^ second;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function isZeros(words: Int32Array | Uint32Array, at: number): boolean {
  for (let i = at; i < at + PAGE_WORDS; i++) {
    if (words[i] !== 0) return false;
  }
  return true;
}

function hashOfZeros(): { readonly low: number; readonly high: number } {
  const low = new Uint32Array(1);
  const high = new Uint32Array(1);
  mix(new Int32Array(PAGE_WORDS), 0, low, high, 0);
  return { low: low[0] as number, high: high[0] as number };
}
