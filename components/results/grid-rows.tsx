'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type Ref, useImperativeHandle } from 'react';
import type { ColumnLayout } from './column-layout';
import { GridRow } from './grid-row';
import type { Rows } from './rows';
import type { CellPlace, Rectangle } from './selection';

export const ROW_PX = 28;
export const HEADER_PX = 44;
/** Rows drawn beyond what is in sight, above and below each. */
const OVERSCAN = 12;

/** What a grid asks of its rows. */
export interface RowsHandle {
  /** Scrolls until a row is in sight. */
  reveal(row: number): void;
  /** The rows in sight. */
  sight(): { readonly first: number; readonly last: number };
}

interface GridRowsProps {
  ref: Ref<RowsHandle>;
  /** The grid's id. */
  grid: string;
  /** Null until it is on the page. */
  scroller: HTMLElement | null;
  rows: Rows;
  rowCount: number;
  layout: readonly ColumnLayout[];
  width: number;
  gutter: number;
  selected: Rectangle;
  active: CellPlace;
}

/** The rows in sight. Scrolling up and down renders this alone, not the grid around it. */
export function GridRows(props: GridRowsProps) {
  const { scroller, rowCount, selected, active } = props;
  const rowWindow = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    scrollPaddingStart: HEADER_PX,
    scrollMargin: HEADER_PX,
  });
  useImperativeHandle(props.ref, () => ({
    reveal: (row) => rowWindow.scrollToIndex(row),
    sight: () => ({
      first: rowWindow.range?.startIndex ?? 0,
      last: Math.min(rowCount - 1, rowWindow.range?.endIndex ?? 0),
    }),
  }));
  // A row that leaves at one end comes back at the other with its elements, so that scrolling makes none.
  const slots = Math.ceil((rowWindow.scrollRect?.height ?? 0) / ROW_PX) + 2 * OVERSCAN + 2;
  return rowWindow
    .getVirtualItems()
    .map(({ index, start, size }) => (
      <GridRow
        key={index % slots}
        grid={props.grid}
        row={index}
        top={start}
        height={size}
        width={props.width}
        gutter={props.gutter}
        rows={props.rows}
        layout={props.layout}
        selected={index >= selected.top && index <= selected.bottom ? selected : undefined}
        activeColumn={index === active.row ? active.column : undefined}
      />
    ));
}
