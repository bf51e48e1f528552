import { hashPage } from '../../snapshot/state/page-hash';
import type { SavedState } from '../../snapshot/state/read-state';
import type { PageTable } from '../../snapshot/store/types';
import { PAGE_BYTES } from '../../snapshot/types';

/** What each page of a memory looked like at a moment: entry n is of page n, both lanes 0 for a page of zeros. */
export interface PageHashes {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
}

export function noHashes(pages: number): PageHashes {
  return { low: new Uint32Array(pages), high: new Uint32Array(pages) };
}

/** How long hashing may hold up the machine at a time: less than one of its own slices. */
const SLICE_MS = 4;

/** Hashes a state's memory, in slices, since a machine runs in this thread. */
export async function hashState(state: SavedState, memoryMb: number): Promise<PageHashes> {
  const hashes = noHashes((memoryMb * 1024 * 1024) / PAGE_BYTES);
  let until = performance.now() + SLICE_MS;
  for (const number of state.pages) {
    const bytes = state.page(number);
    if (bytes) hashPage(wordsOf(bytes), 0, hashes.low, hashes.high, number);
    if (performance.now() < until) continue;
    await new Promise((resolve) => setTimeout(resolve));
    until = performance.now() + SLICE_MS;
  }
  return hashes;
}

/** The memory of a generation: its base's, but for the pages of its table. */
export function withTable(base: PageHashes, table: PageTable): PageHashes {
  const low = base.low.slice();
  const high = base.high.slice();
  table.pages.forEach((page, i) => {
    low[page] = table.hashLow[i] ?? 0;
    high[page] = table.hashHigh[i] ?? 0;
  });
  return { low, high };
}

/** Where `now` differs from `base`. */
export function tableOf(now: PageHashes, base: PageHashes): PageTable {
  const pages: number[] = [];
  for (let page = 0; page < now.low.length; page++) {
    if (now.low[page] !== base.low[page] || now.high[page] !== base.high[page]) pages.push(page);
  }
  return {
    pages: Uint32Array.from(pages),
    hashLow: Uint32Array.from(pages, (page) => now.low[page] ?? 0),
    hashHigh: Uint32Array.from(pages, (page) => now.high[page] ?? 0),
  };
}

/** States keep their buffers at multiples of four bytes (rule S3 of docs/snapshot.md). */
function wordsOf(bytes: Uint8Array): Int32Array {
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}
