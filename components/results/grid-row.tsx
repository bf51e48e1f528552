// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid is laid out by hand, which table elements forbid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
import type { VirtualItem } from '@tanstack/react-virtual';
import { memo } from 'react';
import type { RowStore } from '@/lib/postgres/row-store';
import { formatCount } from '../ui/format';
import { previewText } from './cell-text';
import type { Column } from './column';
import { contains, type Rectangle } from './selection';

interface GridRowProps {
  grid: string;
  row: number;
  top: number;
  height: number;
  width: number;
  gutter: number;
  rows: RowStore;
  columns: readonly Column[];
  visible: readonly VirtualItem[];
  /** The selected part of the grid, when this row is touched by it. */
  selected: Rectangle | undefined;
  /** The column with the keyboard, when it is in this row. */
  activeColumn: number | undefined;
}

/** `row` counts from 0; the header is the grid's row 1, as aria-rowindex counts. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { grid, row, rows, columns, visible, selected, activeColumn } = props;
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className="absolute top-0 left-0 border-line border-b"
      style={{ height: props.height, width: props.width, transform: `translateY(${props.top}px)` }}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        className="sticky left-0 z-10 flex h-full items-center justify-end border-line border-r bg-sunken pr-2 text-[11px] text-muted tabular-nums select-none"
        style={{ width: props.gutter }}
      >
        {formatCount(row + 1)}
      </div>
      {visible.map((item) => {
        const column = item.index;
        const text = previewText(rows, row, column);
        const active = column === activeColumn;
        const marked = selected !== undefined && contains(selected, { row, column });
        return (
          <div
            key={column}
            id={active ? `${grid}-active` : undefined}
            role="gridcell"
            aria-colindex={column + 2}
            aria-selected={marked}
            data-row={row}
            data-column={column}
            className={`absolute top-0 h-full truncate border-line border-r px-2.5 leading-[27px] ${
              columns[column]?.numeric ? 'text-right tabular-nums' : ''
            } ${marked ? 'group-focus:bg-accent-soft' : ''} ${
              active
                ? 'outline-1 outline-line-strong -outline-offset-1 group-focus:outline-2 group-focus:outline-accent group-focus:-outline-offset-2'
                : ''
            }`}
            style={{ left: item.start, width: item.size }}
          >
            {text ?? <Null />}
          </div>
        );
      })}
    </div>
  );
});

function Null() {
  return (
    <span className="rounded-sm bg-sunken px-1 font-sans text-[11px] text-muted italic">NULL</span>
  );
}
