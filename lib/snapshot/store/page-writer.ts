import { PAGE_BYTES } from '../types';
import type { BlockFile } from './types';

/** Neighbouring slots become one write of at most this: large enough for any disk, small beside a machine. */
const RUN_BYTES = 1024 * 1024;

/** Gathers pages for neighbouring slots into large writes. */
export class PageWriter {
  readonly #file: BlockFile;
  readonly #run = new Uint8Array(RUN_BYTES);
  #firstSlot = 0;
  #length = 0;
  #written = 0;

  constructor(file: BlockFile) {
    this.#file = file;
  }

  /**
   * Takes a copy of a page's 4,096 bytes.
   * @returns nothing mostly; a promise when it must write first: until it resolves, leave the page alone and put no other
   */
  put(slot: number, page: Uint8Array): Promise<void> | undefined {
    const isNext = slot === this.#firstSlot + this.#length / PAGE_BYTES;
    if (this.#length > 0 && (!isNext || this.#length === RUN_BYTES)) {
      return this.#spill().then(() => this.#take(slot, page));
    }
    this.#take(slot, page);
    return undefined;
  }

  /** Writes the rest and makes all of it last. @returns bytes written in all */
  async finish(): Promise<number> {
    await this.#spill();
    if (this.#written > 0) await this.#file.flush();
    return this.#written;
  }

  #take(slot: number, page: Uint8Array): void {
    if (this.#length === 0) this.#firstSlot = slot;
    this.#run.set(page, this.#length);
    this.#length += PAGE_BYTES;
  }

  async #spill(): Promise<void> {
    if (this.#length === 0) return;
    await this.#file.write(this.#firstSlot * PAGE_BYTES, this.#run.subarray(0, this.#length));
    this.#written += this.#length;
    this.#length = 0;
  }
}
