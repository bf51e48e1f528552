import { PAGE_BYTES, type RestingMachine } from '../types';
import { readFrame, writeFrame } from './frame';
import { findMemory } from './memory';
import { referencesOf } from './references';

/** A machine as v86 saved it. */
export interface SavedState extends RestingMachine {
  /** Numbers of the pages that are not zeros, ascending. */
  readonly pages: Uint32Array;
}

/**
 * Reads a state as v86's `save_state` gives it (rules S1 to S4 of docs/snapshot.md), or the `devices` of another.
 * Its memory is not copied: pages are views into `bytes`, which have to stay as they are.
 * @throws SnapshotError `damaged`, `too-large`, `other-emulator`
 */
export function readState(bytes: Uint8Array): SavedState {
  const frame = readFrame(bytes);
  const { memoryMb, packed, bitmap } = findMemory(frame, referencesOf(frame));
  const memory = frame.buffers[packed] as Uint8Array;
  const bits = frame.buffers[bitmap] as Uint8Array;
  const pages = setBits(bits, memory.length / PAGE_BYTES);
  /** Where in `memory` a page lies, plus 1; 0 for one of zeros. */
  const place = new Uint32Array(bits.length * 8);
  pages.forEach((number, index) => {
    place[number] = index + 1;
  });
  const without = frame.buffers.map((buffer, id) => {
    if (id === packed) return 0;
    return id === bitmap ? bits.length : buffer;
  });
  return {
    memoryMb,
    devices: writeFrame(frame.slots, without).state,
    pages,
    page(number) {
      const at = place[number];
      if (at === undefined || at === 0) return undefined;
      return memory.subarray((at - 1) * PAGE_BYTES, at * PAGE_BYTES);
    },
  };
}

function setBits(bits: Uint8Array, count: number): Uint32Array {
  const numbers = new Uint32Array(count);
  let index = 0;
  bits.forEach((byte, at) => {
    for (let bit = 0; bit < 8; bit++) {
      if ((byte >> bit) & 1) numbers[index++] = at * 8 + bit;
    }
  });
  return numbers;
}
