import { RowBatch } from '@/lib/postgres/row-batch';
import { RowStore } from '@/lib/postgres/row-store';

/** Rows as they come from PostgreSQL, for tests. */
export function rowsOf(...rows: readonly (string | null)[][]): RowStore {
  const store = new RowStore();
  for (const row of rows) store.append(batchOf(row));
  return store;
}

function batchOf(row: readonly (string | null)[]): RowBatch {
  const cells = row.map((cell) => (cell === null ? null : new TextEncoder().encode(cell)));
  const size = cells.reduce((sum, cell) => sum + 4 + (cell?.length ?? 0), 0);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const cell of cells) {
    view.setInt32(at, cell ? cell.length : -1);
    if (cell) bytes.set(cell, at + 4);
    at += 4 + (cell?.length ?? 0);
  }
  return new RowBatch(bytes, Uint32Array.of(0), row.length, size);
}
