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
import type { Column } from './column';
import { columnLayouts } from './column-layout';
import { type CopyFormat, copyCells } from './copy';
import { type GridDeeds, gridSections, nextSort, WIDTH_STEP_PX } from './grid-actions';
import { GridHeader } from './grid-header';
import { GridContextMenu, GridMenuButton } from './grid-menu';
import { GridRow } from './grid-row';
import { HeightHandle } from './height-handle';
import type { Rows } from './rows';
import { type CellPlace, type Rectangle, rectangleOf } from './selection';
import type { SortChoice } from './sort/sort-steps';
import { useSorted } from './sort/use-sorted';
import { useColumnWidths } from './use-column-widths';
import { placeOf, useGridSelection } from './use-grid-selection';
import { ValueView } from './values/value-view';

const ROW_PX = 28;
const HEADER_PX = 44;
/** Rows drawn beyond what is in sight, above and below each. */
const OVERSCAN = 12;
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
  const scroller = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState('');
  const [opened, setOpened] = useState<CellPlace>();
  const [height, setHeight] = useState(HEIGHT_PX);
  const [sort, setSort] = useState<SortChoice>();
  const { rows, sorting } = useSorted(asCame, rowCount, columns, complete ? sort : undefined);
  const { widths, set, change, fitTo } = useColumnWidths(columns, asCame, rowCount);
  const gutter = 24 + 7 * String(rowCount).length;

  const rowWindow = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    scrollPaddingStart: HEADER_PX,
    scrollMargin: HEADER_PX,
  });
  const columnWindow = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => widths[index] ?? 0,
    overscan: 3,
    scrollPaddingStart: gutter,
    scrollMargin: gutter,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtualizer keeps sizes until it is told
  useLayoutEffect(() => columnWindow.measure(), [widths, gutter]);
  const { selection, select, handlers } = useGridSelection(
    { rows: rowCount, columns: columns.length },
    () => Math.floor(((scroller.current?.clientHeight ?? 0) - HEADER_PX) / ROW_PX),
    ({ row, column }) => {
      rowWindow.scrollToIndex(row);
      columnWindow.scrollToIndex(column);
    },
  );
  const rectangle = useMemo(() => rectangleOf(selection), [selection]);
  const { active } = selection;

  const sight = () => ({
    first: rowWindow.range?.startIndex ?? 0,
    last: Math.min(rowCount - 1, rowWindow.range?.endIndex ?? 0),
  });
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
    open: () => setOpened(active),
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
    if (rowCount > 0 && ownKey(event.key)) {
      event.preventDefault();
      event.stopPropagation();
    } else {
      handlers.onKeyDown(event);
    }
  };
  const ownKey = (key: string): boolean => {
    if (key === 'Enter') setOpened(active);
    else if (key === '+') change(active.column, WIDTH_STEP_PX);
    else if (key === '-') change(active.column, -WIDTH_STEP_PX);
    else if (key === '=') fitTo(active.column, sight());
    else return false;
    return true;
  };

  const width = gutter + columnWindow.getTotalSize();
  const visible = columnWindow.getVirtualItems();
  const layout = useMemo(() => columnLayouts(columns, visible), [columns, visible]);
  // A row that leaves at one end comes back at the other with its elements, so that scrolling makes none.
  const slots = Math.ceil((rowWindow.scrollRect?.height ?? 0) / ROW_PX) + 2 * OVERSCAN + 2;
  return (
    <div className="flex min-w-0 flex-col">
      <GridContextMenu sections={sections}>
        {/* biome-ignore lint/a11y/useSemanticElements: a virtual grid has no table to be */}
        <div
          ref={scroller}
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
            style={{ height: HEADER_PX + rowWindow.getTotalSize(), width, minWidth: '100%' }}
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
              <GridMenuButton sections={sections} />
            </GridHeader>
            {rowWindow.getVirtualItems().map(({ index, start, size }) => (
              <GridRow
                key={index % slots}
                grid={id}
                row={index}
                top={start}
                height={size}
                width={width}
                gutter={gutter}
                rows={rows}
                layout={layout}
                selected={
                  index >= rectangle.top && index <= rectangle.bottom ? rectangle : undefined
                }
                activeColumn={index === active.row ? active.column : undefined}
              />
            ))}
          </div>
        </div>
      </GridContextMenu>
      {HEADER_PX + rowCount * ROW_PX > LOWEST_PX && (
        <HeightHandle
          controls={id}
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
            scroller.current?.focus();
          }}
        />
      )}
      <p className="sr-only" aria-live="polite">
        {sorting ? 'Sorting…' : said}
      </p>
    </div>
  );
}

/** False for what comes from a button or a menu inside the grid. */
function isOwn(event: { readonly target: EventTarget; readonly currentTarget: EventTarget }) {
  return event.target === event.currentTarget;
}
