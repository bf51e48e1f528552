import { concat } from './concat';
import { decodeText } from './decode-text';

const EMPTY = new Uint8Array(0);

/**
 * Rows as they came, decoded only when asked. A batch holds the chunk its rows arrived in, which
 * nobody writes to again; whoever keeps rows for long copies them (`RowStore`).
 *
 * Each row is a sequence of cells: int32 length (-1 for NULL), then as many bytes.
 */
export class RowBatch {
  readonly rowCount: number;
  readonly columnCount: number;
  /** Bytes of all rows as they came, lengths included. */
  readonly byteLength: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #starts: Uint32Array;

  /**
   * @param bytes holds whole rows that have been checked
   * @param starts where the first cell of each row begins in `bytes`
   */
  constructor(bytes: Uint8Array, starts: Uint32Array, columnCount: number, byteLength: number) {
    this.rowCount = starts.length;
    this.columnCount = columnCount;
    this.byteLength = byteLength;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#starts = starts;
  }

  /** All cells of one row as text; null is NULL. Invalid UTF-8 shows as U+FFFD. */
  row(index: number): (string | null)[] {
    const cells = new Array<string | null>(this.columnCount);
    let at = this.#start(index);
    for (let column = 0; column < this.columnCount; column++) {
      const length = this.#view.getInt32(at);
      at += 4;
      if (length < 0) {
        cells[column] = null;
        continue;
      }
      cells[column] = decodeText(this.#bytes, at, at + length);
      at += length;
    }
    return cells;
  }

  /** One cell as text; null is NULL. */
  text(row: number, column: number): string | null {
    const at = this.#cell(row, column);
    const length = this.#view.getInt32(at);
    return length < 0 ? null : decodeText(this.#bytes, at + 4, at + 4 + length);
  }

  /** One cell as it came, a view into the batch; null is NULL. */
  raw(row: number, column: number): Uint8Array | null {
    const at = this.#cell(row, column);
    const length = this.#view.getInt32(at);
    return length < 0 ? null : this.#bytes.subarray(at + 4, at + 4 + length);
  }

  /** The rows of batches of one width, in memory of their own that holds nothing else. */
  static join(batches: readonly RowBatch[]): RowBatch {
    const spans = batches.map((batch) => batch.#span());
    const starts = new Uint32Array(batches.reduce((rows, batch) => rows + batch.rowCount, 0));
    let row = 0;
    let shift = 0;
    for (const [i, batch] of batches.entries()) {
      const span = spans[i] ?? EMPTY;
      const first = batch.#starts[0] ?? 0;
      for (const start of batch.#starts) starts[row++] = start - first + shift;
      shift += span.length;
    }
    const bytes = batches.reduce((sum, batch) => sum + batch.byteLength, 0);
    return new RowBatch(concat([...spans, EMPTY]), starts, batches[0]?.columnCount ?? 0, bytes);
  }

  /** From the first row's first cell to the last row's end, headers between rows included. */
  #span(): Uint8Array {
    const last = this.#starts[this.rowCount - 1];
    if (last === undefined) return EMPTY;
    return this.#bytes.subarray(this.#starts[0], this.#skip(last, this.columnCount));
  }

  #start(row: number): number {
    const start = this.#starts[row];
    if (start === undefined) throw new RangeError(`row ${row} of ${this.rowCount}`);
    return start;
  }

  #cell(row: number, column: number): number {
    if (!(column >= 0 && column < this.columnCount)) {
      throw new RangeError(`column ${column} of ${this.columnCount}`);
    }
    return this.#skip(this.#start(row), column);
  }

  #skip(start: number, cells: number): number {
    let at = start;
    for (let i = 0; i < cells; i++) at += 4 + Math.max(0, this.#view.getInt32(at));
    return at;
  }
}
