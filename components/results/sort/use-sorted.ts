import { useEffect, useState } from 'react';
import type { Column } from '../column';
import { inSlices } from '../in-slices';
import type { Rows } from '../rows';
import { orderedRows } from './ordered-rows';
import { type SortChoice, sortSteps } from './sort-steps';

interface Sorted {
  readonly rows: Rows;
  /** What they were sorted from, to know whether they still are what is asked for. */
  readonly of: Rows;
  readonly rowCount: number;
  readonly by: SortChoice;
}

/** Rows sorted as chosen; as they came until the sorting is done. */
export function useSorted(
  rows: Rows,
  rowCount: number,
  columns: readonly Column[],
  by: SortChoice | undefined,
): { readonly rows: Rows; readonly sorting: boolean } {
  const [sorted, setSorted] = useState<Sorted>();
  const fits =
    sorted !== undefined && sorted.of === rows && sorted.rowCount === rowCount && sorted.by === by;
  useEffect(() => {
    if (!by) {
      setSorted(undefined);
      return;
    }
    const stop = new AbortController();
    const oid = columns[by.column]?.oid ?? 0;
    inSlices(sortSteps(rows, rowCount, oid, by), stop.signal).then(
      (order) => setSorted({ rows: orderedRows(rows, order), of: rows, rowCount, by }),
      () => {
        // Another order was asked for meanwhile.
      },
    );
    return () => stop.abort();
  }, [rows, rowCount, columns, by]);
  return { rows: by && fits ? sorted.rows : rows, sorting: by !== undefined && !fits };
}
