import { RowBatch } from './row-batch';

/** Small batches are joined until they fill a block, so 100,000 rows are some hundred objects. */
const BLOCK_BYTES = 256 * 1024;

/** All rows of one result, kept as they came and decoded when looked at. */
export class RowStore {
  readonly #blocks: RowBatch[] = [];
  /** The number of the first row of each block. */
  readonly #firstRows: number[] = [];
  #loose: RowBatch[] = [];
  #looseBytes = 0;
  #rowCount = 0;
  #byteLength = 0;

  get rowCount(): number {
    return this.#rowCount;
  }

  /** Bytes of the rows as they came, which is nearly what the store costs. */
  get byteLength(): number {
    return this.#byteLength;
  }

  append(batch: RowBatch): void {
    this.#loose.push(batch);
    this.#looseBytes += batch.byteLength;
    this.#rowCount += batch.rowCount;
    this.#byteLength += batch.byteLength;
    if (this.#looseBytes >= BLOCK_BYTES) this.#settle();
  }

  /** All cells of one row as text; null is NULL. Throws RangeError outside 0 to `rowCount` - 1. */
  row(index: number): (string | null)[] {
    const [block, row] = this.#locate(index);
    return block.row(row);
  }

  /** One cell as text; null is NULL. Throws RangeError outside the result. */
  text(row: number, column: number): string | null {
    const [block, inner] = this.#locate(row);
    return block.text(inner, column);
  }

  #settle(): void {
    if (this.#loose.length === 0) return;
    const block = RowBatch.join(this.#loose);
    this.#firstRows.push(this.#rowCount - block.rowCount);
    this.#blocks.push(block);
    this.#loose = [];
    this.#looseBytes = 0;
  }

  #locate(row: number): [RowBatch, number] {
    if (!(row >= 0 && row < this.#rowCount)) {
      throw new RangeError(`row ${row} of ${this.#rowCount}`);
    }
    this.#settle();
    let low = 0;
    let high = this.#blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#firstRows[middle] ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    const block = this.#blocks[low];
    if (!block) throw new RangeError(`row ${row} of ${this.#rowCount}`);
    return [block, row - (this.#firstRows[low] ?? 0)];
  }
}
