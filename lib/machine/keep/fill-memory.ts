import { readState } from '../../snapshot/state/read-state';
import type { Generation } from '../../snapshot/store/types';
import { PAGE_BYTES } from '../../snapshot/types';
import type { Emulator } from '../emulator';
import type { Base } from './base';

/** Gives an emulator whose memory is all zeros and that does not run yet the memory of a generation. */
export async function fillMemory(
  emulator: Emulator,
  base: Base,
  generation: Generation,
): Promise<void> {
  const state = readState(base.raw);
  const { memory } = emulator;
  for (const page of state.pages) {
    const bytes = state.page(page);
    if (bytes) memory.set(bytes, page * PAGE_BYTES);
  }
  await generation.eachPage((page, bytes) => {
    const at = page * PAGE_BYTES;
    if (bytes) emulator.memory.set(bytes, at);
    else emulator.memory.fill(0, at, at + PAGE_BYTES);
  });
}
