import { damaged } from '../errors';
import { PAGE_BYTES } from '../types';
import type { StateFrame } from './frame';
import { BYTES_PER_MB, MAX_MEMORY_MB } from './limits';
import type { Reference } from './references';

/** Where a state has its memory, as numbers of buffers. */
export interface MemoryPlace {
  readonly memoryMb: number;
  /** The pages that are not zeros, one after the other. */
  readonly packed: number;
  /** A bit for each page, lowest first: whether it is among them. */
  readonly bitmap: number;
}

/** Pages covered by one byte of the bitmap. */
const PAGES_PER_BYTE = 8;

/**
 * Finds the memory by its shape (S3): the one place where two neighbours among the state's own entries are
 * byte arrays, the second with a bit for each page of `state[0]` bytes, the first with a page for each bit that is set.
 * @throws SnapshotError `damaged` when there is none, or more than one
 */
export function findMemory(
  { slots, buffers }: StateFrame,
  references: readonly Reference[],
): MemoryPlace {
  const [memoryBytes] = slots;
  const memoryMb = typeof memoryBytes === 'number' ? memoryBytes / BYTES_PER_MB : Number.NaN;
  if (!Number.isInteger(memoryMb) || memoryMb < 1 || memoryMb > MAX_MEMORY_MB) {
    throw damaged(PART, 'does not tell how much memory it has');
  }
  const bitmapBytes = (memoryMb * BYTES_PER_MB) / PAGE_BYTES / PAGES_PER_BYTE;
  const bytesAt = new Map<number, number>();
  for (const { path, type, buffer } of references) {
    const [slot, ...inner] = path;
    if (slot !== undefined && inner.length === 0 && type === 'Uint8Array') {
      bytesAt.set(slot, buffer);
    }
  }
  const places: MemoryPlace[] = [];
  for (const [slot, packed] of bytesAt) {
    const bitmap = bytesAt.get(slot + 1);
    if (bitmap === undefined) continue;
    const bits = buffers[bitmap] as Uint8Array;
    if (bits.length !== bitmapBytes) continue;
    if (buffers[packed]?.length === countBits(bits) * PAGE_BYTES) {
      places.push({ memoryMb, packed, bitmap });
    }
  }
  const [place] = places;
  if (place === undefined) throw damaged(PART, 'has no memory of the size it tells');
  if (places.length > 1) throw damaged(PART, 'has more than one memory');
  return place;
}

const PART = "the machine's state";

function countBits(bytes: Uint8Array): number {
  let count = 0;
  for (let byte of bytes) {
    for (; byte !== 0; byte &= byte - 1) count++;
  }
  return count;
}
