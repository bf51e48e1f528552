/** Writes rows of text one after the other, so that a large result need not be written at once. */
export interface TableWriter {
  /** Before the first row. */
  readonly head: string;
  /** One row with what parts it from the row before; null is NULL. `index` counts the rows written, from 0. */
  row(cells: readonly (string | null)[], index: number): string;
  /** After the last row. */
  readonly tail: string;
}
