import { isZeroPage, NO_SLOT, type PlacedTable } from './page-table';
import type { Slots } from './slots';
import type { PageTable } from './types';

export interface Placement {
  readonly table: PlacedTable;
  /** Indexes of the pages that must be written; their slots ascend. */
  readonly fresh: Uint32Array;
}

/** Where the pages of a new generation go: those that `known` ones hold with the same hash stay, the rest gets free slots. */
export function place(table: PageTable, known: readonly PlacedTable[], free: Slots): Placement {
  const slots = new Uint32Array(table.pages.length).fill(NO_SLOT);
  for (const other of known) keepSame(table, slots, other);
  const fresh = new Uint32Array(table.pages.length);
  let count = 0;
  for (let at = 0; at < slots.length; at += 1) {
    if (slots[at] !== NO_SLOT || isZeroPage(table, at)) continue;
    slots[at] = free.take();
    fresh[count] = at;
    count += 1;
  }
  const { pages, hashLow, hashHigh } = table;
  return { table: { pages, hashLow, hashHigh, slots }, fresh: fresh.subarray(0, count) };
}

/** Both tables ascend by page, so one walk over both finds what they share. */
function keepSame(table: PageTable, slots: Uint32Array, other: PlacedTable): void {
  let there = 0;
  for (let at = 0; at < slots.length; at += 1) {
    const page = table.pages[at]!;
    while (there < other.pages.length && other.pages[there]! < page) there += 1;
    if (there === other.pages.length) return;
    const isSame =
      other.pages[there] === page &&
      other.hashLow[there] === table.hashLow[at] &&
      other.hashHigh[there] === table.hashHigh[at];
    if (isSame && slots[at] === NO_SLOT) slots[at] = other.slots[there]!;
  }
}
