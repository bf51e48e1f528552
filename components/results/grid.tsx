'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type ClipboardEvent,
  type KeyboardEvent,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { copyText } from '../ui/copy-text';
import { plural } from '../ui/format';
import { HeightHandle } from '../ui/height-handle';
import type { Column } from './column';
import { columnLayouts } from './column-layout';
import { type CopyFormat, copyCells } from './copy';
import { type GridDeeds, gridSections, nextSort, WIDTH_STEP_PX } from './grid-actions';
import { GridHeader } from './grid-header';
import { GridContextMenu, GridMenuButton } from './grid-menu';
import { GridRows, HEADER_PX, ROW_PX, type RowsHandle } from './grid-rows';
import type { Rows } from './rows';
import { type CellPlace, type Rectangle, rectangleOf } from './selection';
import type { SortChoice } from './sort/sort-steps';
import { useSorted } from './sort/use-sorted';
import { useColumnWidths } from './use-column-widths';
import { placeOf, useGridSelection } from './use-grid-selection';
import { ValueView } from './values/value-view';

/** A cell of the notebook stays readable beside its neighbours; the handle below makes it higher. */
const HEIGHT_PX = 400;
const LOWEST_PX = HEADER_PX + 3 * ROW_PX;
const HIGHEST_PX = 1600;

interface GridProps {
  columns: readonly Column[];
  rows: Rows;
  /** Of the rows in the store, those that had come when this was rendered. */
  rowCount: number;
  /** All rows there are have come, so that they can be sorted. */
  complete: boolean;
}

export function Grid({ columns, rows: asCame, rowCount, complete }: GridProps) {
  const id = useId();
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const drawn = useRef<RowsHandle>(null);
  /** Where the focus goes when a menu closes. */
  const next = useRef<'grid' | 'value'>('grid');
  const [said, setSaid] = useState('');
  const [opened, setOpened] = useState<CellPlace>();
  const [height, setHeight] = useState(HEIGHT_PX);
  const [sort, setSort] = useState<SortChoice>();
  const { rows, sorting } = useSorted(asCame, rowCount, columns, complete ? sort : undefined);
  const { widths, set, change, fitTo } = useColumnWidths(columns, asCame, rowCount);
  const gutter = 24 + 7 * String(rowCount).length;

  const columnWindow = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller,
    estimateSize: (index) => widths[index] ?? 0,
    overscan: 3,
    scrollPaddingStart: gutter,
    scrollMargin: gutter,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtualizer keeps sizes until it is told
  useLayoutEffect(() => columnWindow.measure(), [widths, gutter]);
  const { selection, select, handlers } = useGridSelection(
    { rows: rowCount, columns: columns.length },
    () => Math.floor(((scroller?.clientHeight ?? 0) - HEADER_PX) / ROW_PX),
    ({ row, column }) => {
      drawn.current?.reveal(row);
      columnWindow.scrollToIndex(column);
    },
  );
  const rectangle = useMemo(() => rectangleOf(selection), [selection]);
  const { active } = selection;

  const sight = () => drawn.current?.sight() ?? { first: 0, last: 0 };
  const deeds: GridDeeds = {
    copy: async (cells: Rectangle, format: CopyFormat) => {
      const copied = copyCells(rows, columns, cells, format);
      if (!copied.ok) return setSaid(copied.reason);
      const allowed = await copyText(copied.text);
      setSaid(allowed ? `Copied ${plural(copied.cells, 'cell')}` : 'The browser refused to copy.');
    },
    sort: complete ? setSort : undefined,
    changeWidth: change,
    fitWidth: (column) => fitTo(column, sight()),
    open: () => {
      next.current = 'value';
      setOpened(active);
    },
    select,
  };
  const sections = () =>
    rowCount === 0
      ? []
      : gridSections(
          {
            selected: rectangle,
            active,
            columnName: columns[active.column]?.name ?? '',
            lastRow: rowCount - 1,
            lastColumn: columns.length - 1,
            sort,
          },
          deeds,
        );

  const onCopy = (event: ClipboardEvent): void => {
    if (rowCount === 0) return;
    event.preventDefault();
    const copied = copyCells(rows, columns, rectangle);
    if (copied.ok) event.clipboardData.setData('text/plain', copied.text);
    setSaid(copied.ok ? `Copied ${plural(copied.cells, 'cell')}` : copied.reason);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isOwn(event)) return;
    // With Shift or Ctrl, Enter runs the cell, and + and - are the browser's.
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (rowCount > 0 && plain && ownKey(event.key, event.shiftKey)) {
      event.preventDefault();
      event.stopPropagation();
    } else {
      handlers.onKeyDown(event);
    }
  };
  const ownKey = (key: string, shift: boolean): boolean => {
    if (key === 'Enter' && !shift) setOpened(active);
    else if (key === '+') change(active.column, WIDTH_STEP_PX);
    else if (key === '-') change(active.column, -WIDTH_STEP_PX);
    else if (key === '=') fitTo(active.column, sight());
    else return false;
    return true;
  };

  const width = gutter + columnWindow.getTotalSize();
  const visible = columnWindow.getVirtualItems();
  const layout = useMemo(() => columnLayouts(columns, visible), [columns, visible]);
  const menuClosed = () => {
    if (next.current === 'grid') scroller?.focus();
    next.current = 'grid';
  };
  return (
    <div className="flex min-w-0 flex-col">
      <GridContextMenu sections={sections} onClosed={menuClosed}>
        {/* biome-ignore lint/a11y/useSemanticElements: a virtual grid has no table to be */}
        <div
          ref={setScroller}
          id={id}
          role="grid"
          tabIndex={0}
          aria-label="Rows"
          aria-rowcount={rowCount + 1}
          aria-colcount={columns.length + 1}
          aria-multiselectable
          aria-busy={sorting}
          aria-activedescendant={rowCount > 0 ? `${id}-active` : undefined}
          className="group relative select-none overflow-auto overscroll-x-contain font-mono text-[13px] focus-visible:-outline-offset-2"
          style={{ maxHeight: height }}
          onCopy={onCopy}
          onDoubleClick={(event) => placeOf(event.target) && setOpened(active)}
          onPointerDown={handlers.onPointerDown}
          onPointerMove={handlers.onPointerMove}
          onKeyDown={onKeyDown}
        >
          <div
            role="presentation"
            style={{ height: HEADER_PX + rowCount * ROW_PX, width, minWidth: '100%' }}
          >
            <GridHeader
              columns={columns}
              visible={visible}
              height={HEADER_PX}
              width={width}
              gutter={gutter}
              sort={sort}
              onSort={complete ? (column) => setSort(nextSort(sort, column)) : undefined}
              onResize={set}
              onFit={deeds.fitWidth}
            >
              <GridMenuButton sections={sections} onClosed={menuClosed} />
            </GridHeader>
            <GridRows
              ref={drawn}
              grid={id}
              scroller={scroller}
              rows={rows}
              rowCount={rowCount}
              layout={layout}
              width={width}
              gutter={gutter}
              selected={rectangle}
              active={active}
            />
          </div>
        </div>
      </GridContextMenu>
      {HEADER_PX + rowCount * ROW_PX > LOWEST_PX && (
        <HeightHandle
          label="Height of the rows"
          controls={id}
          edge="lower"
          height={height}
          lowest={LOWEST_PX}
          highest={HIGHEST_PX}
          onHeight={setHeight}
        />
      )}
      {opened && opened.row < rowCount && (
        <ValueView
          column={columns[opened.column]}
          row={opened.row}
          text={rows.text(opened.row, opened.column)}
          onClose={() => {
            setOpened(undefined);
            scroller?.focus();
          }}
        />
      )}
      <p
        aria-live="polite"
        className={sorting || said ? 'px-3 py-0.5 text-muted text-xs' : 'sr-only'}
      >
        {sorting ? 'Sorting…' : said}
      </p>
    </div>
  );
}

/** False for what comes from a button or a menu inside the grid. */
function isOwn(event: { readonly target: EventTarget; readonly currentTarget: EventTarget }) {
  return event.target === event.currentTarget;
}
