import { PAGE_BYTES } from '../types';
import { readFrame, writeFrame } from './frame';
import { findMemory } from './memory';
import { referencesOf } from './references';

/**
 * A whole state, as v86 restores it: the opposite of `readState`, to the byte. Takes the memory once more, so it is
 * for where no emulator runs whose memory could be written in place.
 * @param page as `RestingMachine.page`
 * @throws SnapshotError as `readState`, for `devices`
 */
export function withMemory(
  devices: Uint8Array,
  page: (number: number) => Uint8Array | undefined,
): ArrayBuffer {
  const frame = readFrame(devices);
  const { packed, bitmap } = findMemory(frame, referencesOf(frame));
  const bits = new Uint8Array(frame.buffers[bitmap]?.length ?? 0);
  const contents: Uint8Array[] = [];
  for (let number = 0; number < bits.length * 8; number++) {
    const bytes = page(number);
    if (bytes === undefined) continue;
    bits[number >> 3] = (bits[number >> 3] ?? 0) | (1 << (number & 7));
    contents.push(bytes);
  }
  const buffers = frame.buffers.map((buffer, id) => {
    if (id === packed) return contents.length * PAGE_BYTES;
    return id === bitmap ? bits : buffer;
  });
  const whole = writeFrame(frame.slots, buffers);
  contents.forEach((bytes, index) => {
    whole.buffers[packed]?.set(bytes, index * PAGE_BYTES);
  });
  return whole.state.buffer;
}
