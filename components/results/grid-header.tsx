// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid is laid out by hand, which table elements forbid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
import type { VirtualItem } from '@tanstack/react-virtual';
import type { ReactNode } from 'react';
import type { Column } from './column';
import { ColumnHandle } from './column-handle';
import type { SortChoice } from './sort/sort-steps';

interface GridHeaderProps {
  columns: readonly Column[];
  visible: readonly VirtualItem[];
  height: number;
  width: number;
  gutter: number;
  sort: SortChoice | undefined;
  /** Absent while there are rows that have not come: an order of some rows would be taken for one of all. */
  onSort: ((column: number) => void) | undefined;
  onResize: (column: number, width: number) => void;
  onFit: (column: number) => void;
  /** What the corner above the row numbers holds. */
  children: ReactNode;
}

export function GridHeader(props: GridHeaderProps) {
  const { columns, visible, height, width, gutter, sort, onSort, children } = props;
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="sticky top-0 z-20 border-line-strong border-b bg-sunken"
      style={{ height, width }}
    >
      <div
        role="columnheader"
        aria-colindex={1}
        aria-label="Row"
        className="sticky left-0 z-20 grid h-full place-items-center border-line border-r bg-sunken"
        style={{ width: gutter }}
      >
        {children}
      </div>
      {visible.map(({ index, start, size }) => {
        const column = columns[index];
        if (!column) return null;
        const direction = sort?.column === index ? sort.direction : undefined;
        return (
          <div
            key={index}
            role="columnheader"
            aria-colindex={index + 2}
            aria-sort={onSort && (direction ?? 'none')}
            className="absolute top-0 h-full border-line border-r"
            style={{ left: start, width: size }}
          >
            <HeaderName
              column={column}
              direction={direction}
              onSort={onSort && (() => onSort(index))}
            />
            <ColumnHandle
              width={size}
              onResize={(next) => props.onResize(index, next)}
              onFit={() => props.onFit(index)}
            />
          </div>
        );
      })}
    </div>
  );
}

interface HeaderNameProps {
  column: Column;
  direction: SortChoice['direction'] | undefined;
  onSort: (() => void) | undefined;
}

function HeaderName({ column, direction, onSort }: HeaderNameProps) {
  const look = `flex h-full w-full flex-col justify-center px-2.5 leading-tight ${
    column.numeric ? 'items-end text-right' : 'items-start text-left'
  }`;
  const text = (
    <>
      <span className="flex max-w-full items-baseline gap-1 font-semibold">
        <span className="truncate">{column.name}</span>
        {direction && <span aria-hidden>{direction === 'ascending' ? '▲' : '▼'}</span>}
      </span>
      <span className="max-w-full truncate font-sans text-[11px] text-muted">{column.type}</span>
    </>
  );
  const title = `${column.name} ${column.type}`;
  if (!onSort) {
    return (
      <div className={look} title={`${title}: sorted once all rows are here`}>
        {text}
      </div>
    );
  }
  return (
    // The keyboard sorts by the grid's menu: a stop at each of some hundred columns would be in its way.
    <button type="button" tabIndex={-1} title={`${title}: sort`} className={look} onClick={onSort}>
      {text}
    </button>
  );
}
