import type { PageTable } from './types';

/** The slot of a page that is all zeros: it has none. */
export const NO_SLOT = 0xffff_ffff;

/** A page table together with where each page lies: page `pages[i]` in slot `slots[i]` of the pages file, or NO_SLOT. */
export interface PlacedTable extends PageTable {
  readonly slots: Uint32Array;
}

export function isZeroPage(table: PageTable, index: number): boolean {
  return table.hashLow[index] === 0 && table.hashHigh[index] === 0;
}
