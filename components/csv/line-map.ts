/** Where in the file each row began, kept as the places where the two counts part: rows are lines, mostly. */
export class LineMap {
  private readonly rows: number[] = [];
  private readonly offsets: number[] = [];

  /** Rows come in order, from 1. */
  add(row: number, line: number): void {
    const offset = line - row;
    if (this.offsets[this.offsets.length - 1] === offset) return;
    this.rows.push(row);
    this.offsets.push(offset);
  }

  /** The line of a row that was added. */
  lineOf(row: number): number {
    let low = 0;
    let high = this.rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.rows[middle] ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    return row + (this.offsets[low] ?? 0);
  }
}
