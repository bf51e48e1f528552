import { hashPage } from '../../snapshot/state/page-hash';
import type { PageTable } from '../../snapshot/store/types';
import { PAGE_BYTES } from '../../snapshot/types';
import type { Emulator } from '../emulator';
import { noHashes, type PageHashes, tableOf } from './page-hashes';

const PAGE_WORDS = PAGE_BYTES / 4;

/** A machine at one moment of its run, as far as it differs from its base. */
export interface Captured {
  readonly devices: Uint8Array<ArrayBuffer>;
  readonly table: PageTable;
  /** What all of its memory looked like. */
  readonly hashes: PageHashes;
  /** Pages that are not zeros and differ from what was known, by number. */
  readonly changed: ReadonlyMap<number, Uint8Array>;
  /** True when the pages are copies, so that the machine may go on; false when they are its memory itself. */
  readonly isCopied: boolean;
}

/**
 * Looks at a machine between two slices of its run. All in one go, since nothing may run meanwhile: with 256 MB about
 * 60 ms, nearly all of it for comparing.
 * @param known what need not be told again: the generation kept last, or the base
 * @param copyBytes up to this much is copied; beyond it the caller pauses the machine and takes its memory itself
 */
export function capture(
  emulator: Emulator,
  base: PageHashes,
  known: PageHashes,
  copyBytes: number,
): Captured {
  const { memory } = emulator;
  const hashes = hashMemory(emulator, memory);
  const devices = emulator.saveDevices();
  const table = tableOf(hashes, base);
  const changedPages = table.pages.filter(
    (page) => !isZero(hashes, page) && !isSame(hashes, known, page),
  );
  const isCopied = changedPages.length * PAGE_BYTES <= copyBytes;
  const changed = new Map<number, Uint8Array>();
  for (const page of changedPages) {
    const bytes = memory.subarray(page * PAGE_BYTES, (page + 1) * PAGE_BYTES);
    changed.set(page, isCopied ? bytes.slice() : bytes);
  }
  return { devices, table, hashes, changed, isCopied };
}

function hashMemory(emulator: Emulator, memory: Uint8Array<ArrayBuffer>): PageHashes {
  const pages = memory.length / PAGE_BYTES;
  const hashes = noHashes(pages);
  const words = new Int32Array(memory.buffer, memory.byteOffset, memory.length / 4);
  for (let page = 0; page < pages; page++) {
    if (emulator.isZero(page)) continue;
    hashPage(words, page * PAGE_WORDS, hashes.low, hashes.high, page);
  }
  return hashes;
}

function isZero({ low, high }: PageHashes, page: number): boolean {
  return low[page] === 0 && high[page] === 0;
}

function isSame(a: PageHashes, b: PageHashes, page: number): boolean {
  return a.low[page] === b.low[page] && a.high[page] === b.high[page];
}
