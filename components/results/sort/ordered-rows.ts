import type { Rows } from '../rows';

/** Rows in another order. */
export function orderedRows(rows: Rows, order: Uint32Array): Rows {
  return {
    rowCount: order.length,
    text: (row, column) => rows.text(order[row] ?? row, column),
  };
}
