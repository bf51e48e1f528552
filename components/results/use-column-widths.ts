import { useMemo, useState } from 'react';
import type { Column } from './column';
import { columnWidths, fittedWidth, NARROWEST_PX } from './column-width';
import type { Rows } from './rows';

/** The widths of a grid's columns: as their first rows ask for, until somebody sets them. */
export function useColumnWidths(columns: readonly Column[], rows: Rows, rowCount: number) {
  const [chosen, setChosen] = useState<ReadonlyMap<number, number>>(new Map());
  // Widths settle with the first rows and then stay, so that nothing moves under the reader.
  const sampled = Math.min(rowCount, 60);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the store is append-only; `sampled` tells of its first rows
  const natural = useMemo(() => columnWidths(columns, rows), [columns, rows, sampled]);
  const widths = useMemo(
    () => natural.map((width, index) => chosen.get(index) ?? width),
    [natural, chosen],
  );
  const set = (index: number, width: number): void => {
    setChosen((before) => new Map(before).set(index, Math.max(NARROWEST_PX, Math.round(width))));
  };
  return {
    widths,
    set,
    change: (index: number, by: number): void => set(index, (widths[index] ?? NARROWEST_PX) + by),
    fitTo: (index: number, sight: { readonly first: number; readonly last: number }): void => {
      const column = columns[index];
      if (column) set(index, fittedWidth(column, index, rows, sight));
    },
  };
}
