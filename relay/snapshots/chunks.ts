import { SEALED_CHUNK_BYTES } from '../../lib/snapshot/seal/limits';

/** Digits of a chunk's number in its key, so that keys sort as numbers do; 65,536 MB have 65,536 chunks. */
const NUMBER_DIGITS = 6;

/** Below it lie the chunks of all snapshots. */
export const ALL_SNAPSHOTS = 'snapshots/';

/** First and last number of chunks, both included. */
export type ChunkRange = readonly [first: number, last: number];

/** How a snapshot is cut: every chunk but the last has `SEALED_CHUNK_BYTES`. */
export interface ChunkPlan {
  readonly bytes: number;
  readonly chunks: number;
}

/** How many chunks so many bytes are. */
export function chunksOf(bytes: number): number {
  return Math.ceil(bytes / SEALED_CHUNK_BYTES);
}

/** The bytes of chunk `number`; undefined when the snapshot has no such chunk. */
export function chunkLength({ bytes, chunks }: ChunkPlan, number: number): number | undefined {
  if (!Number.isSafeInteger(number) || number < 0 || number >= chunks) return undefined;
  return number < chunks - 1 ? SEALED_CHUNK_BYTES : bytes - number * SEALED_CHUNK_BYTES;
}

/** Reads a chunk's number as it stands in an address: plain decimal digits. */
export function parseChunkNumber(text: string): number | undefined {
  return /^(0|[1-9]\d{0,5})$/.test(text) ? Number(text) : undefined;
}

export function prefixOf(snapshot: string): string {
  return `${ALL_SNAPSHOTS}${snapshot}/`;
}

export function keyOf(snapshot: string, number: number): string {
  return prefixOf(snapshot) + String(number).padStart(NUMBER_DIGITS, '0');
}

/** What `keyOf` was given; undefined for a key of another form. */
export function parseKey(key: string): { snapshot: string; number: number } | undefined {
  const match = /^snapshots\/([a-z0-9]{12})\/(\d{6})$/.exec(key);
  return match?.[1] && match[2] ? { snapshot: match[1], number: Number(match[2]) } : undefined;
}

/** @param numbers rising */
export function toRanges(numbers: Iterable<number>): readonly ChunkRange[] {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges;
}

/** What lies between `received`, up to the last of `chunks`. */
export function missingRanges(
  received: readonly ChunkRange[],
  chunks: number,
): readonly ChunkRange[] {
  const missing: ChunkRange[] = [];
  let next = 0;
  for (const [first, last] of received) {
    if (first > next) missing.push([next, first - 1]);
    next = last + 1;
  }
  if (next < chunks) missing.push([next, chunks - 1]);
  return missing;
}
