import { NO_SLOT, type PlacedTable } from './page-table';

/** Which slots of the pages file are taken. Hands out free ones, lowest first, so that the file stays short. */
export class Slots {
  /** One byte a slot; beyond its end all are free. */
  #taken: Uint8Array;
  #end = 0;
  #next = 0;

  constructor(tables: readonly PlacedTable[]) {
    for (const { slots } of tables) {
      for (const slot of slots) if (slot !== NO_SLOT && slot >= this.#end) this.#end = slot + 1;
    }
    this.#taken = new Uint8Array(this.#end);
    for (const { slots } of tables) {
      for (const slot of slots) if (slot !== NO_SLOT) this.#taken[slot] = 1;
    }
  }

  /** The lowest free slot, which is taken from now on. Each is higher than the one before. */
  take(): number {
    while (this.#next < this.#taken.length && this.#taken[this.#next] !== 0) this.#next += 1;
    const slot = this.#next;
    this.#next += 1;
    if (slot >= this.#end) this.#end = slot + 1;
    return slot;
  }

  /** One more than the highest slot taken. */
  get end(): number {
    return this.#end;
  }
}
