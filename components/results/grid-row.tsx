// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid is laid out by hand, which table elements forbid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
import { memo } from 'react';
import { formatCount } from '../ui/format';
import { previewText } from './cell-text';
import type { ColumnLayout } from './column-layout';
import { shownText } from './formats/shown-text';
import { NullMark } from './null-mark';
import type { Rows } from './rows';
import type { Rectangle } from './selection';

interface GridRowProps {
  grid: string;
  row: number;
  top: number;
  height: number;
  width: number;
  gutter: number;
  rows: Rows;
  layout: readonly ColumnLayout[];
  /** The selected part of the grid, when this row is touched by it. */
  selected: Rectangle | undefined;
  /** The column with the keyboard, when it is in this row. */
  activeColumn: number | undefined;
}

/** Each clip is a node that the browser arranges again whenever anything on the page changes: only where one is needed. */
const CLIPPED = ' overflow-hidden text-ellipsis';
const ASCII = /^[\x20-\x7e]*$/;
const MARKED = ' group-focus:bg-accent-soft';
const ACTIVE =
  ' outline-1 outline-line-strong -outline-offset-1 group-focus:outline-2 group-focus:outline-accent group-focus:-outline-offset-2';

/** `row` counts from 0; the header is the grid's row 1, as aria-rowindex counts. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { grid, row, rows, layout, selected, activeColumn } = props;
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className="absolute top-0 left-0 border-line border-b contain-strict"
      style={{ height: props.height, width: props.width, transform: `translateY(${props.top}px)` }}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        data-row-header={row}
        className="sticky left-0 z-10 flex h-full items-center justify-end border-line border-r bg-sunken pr-2 text-[11px] text-muted tabular-nums select-none"
        style={{ width: props.gutter }}
      >
        {formatCount(row + 1)}
      </div>
      {layout.map(({ index, style, className: plain, isBoolean, limit, roomy }) => {
        const text = previewText(rows, row, index, limit);
        const fits = text === null || (text.length <= roomy && ASCII.test(text));
        const className = fits ? plain : plain + CLIPPED;
        const active = index === activeColumn;
        const marked = selected !== undefined && index >= selected.left && index <= selected.right;
        return (
          <div
            key={index}
            id={active ? `${grid}-active` : undefined}
            role="gridcell"
            aria-colindex={index + 2}
            aria-selected={marked}
            data-row={row}
            data-column={index}
            className={
              marked || active
                ? className + (marked ? MARKED : '') + (active ? ACTIVE : '')
                : className
            }
            style={style}
          >
            {text === null ? <NullMark /> : shownText(text, isBoolean)}
          </div>
        );
      })}
    </div>
  );
});
