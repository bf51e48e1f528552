/** Rows to be looked at, wherever they are kept: a RowStore of the runner, or what a shared run brought. */
export interface Rows {
  readonly rowCount: number;
  /** One cell as PostgreSQL wrote it; null is NULL. Throws RangeError outside the result. */
  text(row: number, column: number): string | null;
}
