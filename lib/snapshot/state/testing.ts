import { PAGE_BYTES } from '../types';
import { writeFrame } from './frame';
import { BYTES_PER_MB } from './limits';

/** A small machine for tests: what v86 writes, with few devices and a few MB. */
export interface SmallMachine {
  readonly memoryMb: number;
  /** By page number; the others are zeros. */
  readonly pages: ReadonlyMap<number, Uint8Array>;
  /** Contents of its two buffers of devices. */
  readonly registers: Uint8Array;
  readonly screen: Uint8Array;
  /** Anything JSON can hold, for a device that has no buffers. */
  readonly inodes: readonly number[];
}

export const SMALL_MACHINE: SmallMachine = {
  memoryMb: 1,
  pages: new Map([
    [0, new Uint8Array(PAGE_BYTES).fill(1)],
    [7, new Uint8Array(PAGE_BYTES).fill(7)],
    [255, new Uint8Array(PAGE_BYTES).fill(255)],
  ]),
  registers: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
  screen: new Uint8Array(5000).fill(32),
  inodes: [1, 2, 3],
};

/** Its state, as v86 would save it. */
export function stateOf(machine: SmallMachine): Uint8Array {
  const { memoryMb, pages, registers, screen, inodes } = machine;
  const bitmap = new Uint8Array((memoryMb * BYTES_PER_MB) / PAGE_BYTES / 8);
  const numbers = [...pages.keys()].sort((a, b) => a - b);
  const packed = new Uint8Array(numbers.length * PAGE_BYTES);
  numbers.forEach((number, index) => {
    bitmap[number >> 3] = (bitmap[number >> 3] ?? 0) | (1 << (number & 7));
    packed.set(pages.get(number) ?? new Uint8Array(), index * PAGE_BYTES);
  });
  const slots = [
    memoryMb * BYTES_PER_MB,
    typed('Int32Array', 0),
    null,
    [1, true, inodes, [typed('Uint8Array', 1)]],
    typed('Uint8Array', 2),
    typed('Uint8Array', 3),
    { __state_type__: 'Map', args: [[3, typed('Uint8Array', 4)]] },
    'text with ü and "',
  ];
  return writeFrame(slots, [registers, screen, packed, bitmap, Uint8Array.of(9, 9, 9)]).state;
}

export function typed(type: string, buffer: unknown): object {
  return { __state_type__: type, buffer_id: buffer };
}
