import { hashPage } from '../state/page-hash';
import { PAGE_BYTES } from '../types';
import type { PlacedTable } from './page-table';
import { isZeroPage, NO_SLOT } from './page-table';
import type { PageWriter } from './page-writer';
import type { Slots } from './slots';

/** Enough for a machine with little in it; doubled when it is full. */
const FIRST_CAPACITY = 4096;

type Columns = { -readonly [column in keyof PlacedTable]: Uint32Array<ArrayBuffer> };

/** Writes pages as they come and makes their table. */
export class IncomingPages {
  readonly #slots: Slots;
  readonly #writer: PageWriter;
  readonly #page = new Uint8Array(PAGE_BYTES);
  readonly #words = new Uint32Array(this.#page.buffer);
  #columns = newColumns(FIRST_CAPACITY);
  #count = 0;

  constructor(slots: Slots, writer: PageWriter) {
    this.#slots = slots;
    this.#writer = writer;
  }

  /**
   * @returns as `PageWriter.put`
   * @throws RangeError for a page that does not come after the one before it
   */
  add(number: number, contents: Uint8Array | undefined): Promise<void> | undefined {
    if (this.#count === this.#columns.pages.length) this.#grow();
    const at = this.#count;
    const { pages, slots, hashLow, hashHigh } = this.#columns;
    if (at > 0 && number <= pages[at - 1]!) throw new RangeError(`page ${number} is out of order`);
    pages[at] = number;
    slots[at] = NO_SLOT;
    this.#count += 1;
    if (!contents) return undefined;
    this.#page.set(contents);
    hashPage(this.#words, 0, hashLow, hashHigh, at);
    if (isZeroPage(this.#columns, at)) return undefined;
    slots[at] = this.#slots.take();
    return this.#writer.put(slots[at]!, this.#page);
  }

  /** The table of all that came; its columns are copies. */
  table(): PlacedTable {
    const { pages, slots, hashLow, hashHigh } = this.#columns;
    return {
      pages: pages.slice(0, this.#count),
      slots: slots.slice(0, this.#count),
      hashLow: hashLow.slice(0, this.#count),
      hashHigh: hashHigh.slice(0, this.#count),
    };
  }

  #grow(): void {
    const columns = newColumns(this.#columns.pages.length * 2);
    columns.pages.set(this.#columns.pages);
    columns.slots.set(this.#columns.slots);
    columns.hashLow.set(this.#columns.hashLow);
    columns.hashHigh.set(this.#columns.hashHigh);
    this.#columns = columns;
  }
}

function newColumns(length: number): Columns {
  return {
    pages: new Uint32Array(length),
    slots: new Uint32Array(length),
    hashLow: new Uint32Array(length),
    hashHigh: new Uint32Array(length),
  };
}
