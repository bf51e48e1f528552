import { hashPage } from '../state/page-hash';
import { PAGE_BYTES } from '../types';
import { storeError } from './errors';
import { NO_SLOT, type PlacedTable } from './page-table';
import type { BlockFile } from './types';

/** One read takes at most so many slots (1 MiB), and reads over as many unused ones as cost less than another read. */
const RUN_SLOTS = 256;
const WORTH_READING_OVER = 16;

/**
 * Calls back for each page of a table: those of zeros first, then in the order in which they lie in the file.
 * @throws StoreError `damaged` before a page whose hash is not that of the table
 */
export async function readPages(
  file: BlockFile,
  table: PlacedTable,
  visit: (page: number, bytes: Uint8Array | undefined) => void,
): Promise<void> {
  const order = inFileOrder(table);
  for (let at = 0; at < table.pages.length; at += 1) {
    if (table.slots[at] === NO_SLOT) visit(table.pages[at]!, undefined);
  }
  const run = new Uint8Array(RUN_SLOTS * PAGE_BYTES);
  const words = new Uint32Array(run.buffer);
  const views = Array.from({ length: RUN_SLOTS }, (_, slot) =>
    run.subarray(slot * PAGE_BYTES, (slot + 1) * PAGE_BYTES),
  );
  const low = new Uint32Array(1);
  const high = new Uint32Array(1);
  for (let first = 0; first < order.length; ) {
    const end = endOfRun(table, order, first);
    const firstSlot = table.slots[order[first]!]!;
    const bytes = (table.slots[order[end - 1]!]! - firstSlot + 1) * PAGE_BYTES;
    const got = await file.read(firstSlot * PAGE_BYTES, run.subarray(0, bytes));
    if (got < bytes) throw storeError('damaged');
    for (; first < end; first += 1) {
      const at = order[first]!;
      const slot = table.slots[at]! - firstSlot;
      hashPage(words, (slot * PAGE_BYTES) / 4, low, high, 0);
      if (low[0] !== table.hashLow[at] || high[0] !== table.hashHigh[at])
        throw storeError('damaged');
      visit(table.pages[at]!, views[slot]);
    }
  }
}

/** Indexes into the table of all pages that have a slot, by slot. No two share one. */
function inFileOrder({ slots }: PlacedTable): Uint32Array {
  let end = 0;
  for (const slot of slots) if (slot !== NO_SLOT && slot >= end) end = slot + 1;
  const bySlot = new Uint32Array(end).fill(NO_SLOT);
  for (let at = 0; at < slots.length; at += 1) {
    if (slots[at] !== NO_SLOT) bySlot[slots[at]!] = at;
  }
  let count = 0;
  for (const at of bySlot) {
    if (at === NO_SLOT) continue;
    bySlot[count] = at;
    count += 1;
  }
  return bySlot.subarray(0, count);
}

/** The end, in `order`, of the pages that one read from `first` brings. */
function endOfRun({ slots }: PlacedTable, order: Uint32Array, first: number): number {
  const limit = slots[order[first]!]! + RUN_SLOTS;
  let end = first + 1;
  for (; end < order.length; end += 1) {
    const slot = slots[order[end]!]!;
    if (slot >= limit || slot - slots[order[end - 1]!]! > WORTH_READING_OVER) break;
  }
  return end;
}
