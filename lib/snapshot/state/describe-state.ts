import { PAGE_BYTES } from '../types';
import { readFrame } from './frame';
import { BYTES_PER_MB } from './limits';
import { findMemory } from './memory';
import { referencesOf } from './references';

/** What one of a state's entries takes: a register, or a device with all that belongs to it. */
export interface SlotSizes {
  /** Its index in v86's state; 45 is the 9p file system, 52 the screen, 77 the memory. */
  readonly slot: number;
  readonly jsonBytes: number;
  /** Its buffers in the order they are referred to. */
  readonly buffers: readonly { readonly type: string; readonly bytes: number }[];
}

/** What is in a state, in bytes and pages. */
export interface StateSizes {
  readonly totalBytes: number;
  readonly jsonBytes: number;
  readonly memoryMb: number;
  /** Pages that are in the state, and those that are not because they are zeros. */
  readonly pages: number;
  readonly zeroPages: number;
  /** The entries that are not empty. */
  readonly slots: readonly SlotSizes[];
}

/**
 * Tells what a state consists of.
 * @throws SnapshotError as `readState`
 */
export function describeState(bytes: Uint8Array): StateSizes {
  const frame = readFrame(bytes);
  const references = referencesOf(frame);
  const { memoryMb, packed } = findMemory(frame, references);
  const pages = (frame.buffers[packed]?.length ?? 0) / PAGE_BYTES;
  const slots = frame.slots.map((value, slot) => ({
    slot,
    jsonBytes: jsonBytes(value),
    buffers: references
      .filter(({ path }) => path[0] === slot)
      .map(({ type, buffer }) => ({ type, bytes: frame.buffers[buffer]?.length ?? 0 })),
  }));
  return {
    totalBytes: bytes.length,
    jsonBytes: jsonBytes(frame.slots),
    memoryMb,
    pages,
    zeroPages: (memoryMb * BYTES_PER_MB) / PAGE_BYTES - pages,
    slots: slots.filter((_, slot) => frame.slots[slot] !== null),
  };
}

function jsonBytes(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}
