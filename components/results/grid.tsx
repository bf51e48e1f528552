'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type ClipboardEvent, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { RowStore } from '@/lib/postgres/row-store';
import { plural } from '../ui/format';
import type { Column } from './column';
import { columnWidths } from './column-width';
import { copyCells } from './copy';
import { GridHeader } from './grid-header';
import { GridRow } from './grid-row';
import { type CellPlace, rectangleOf } from './selection';
import { useGridSelection } from './use-grid-selection';
import { ValueView } from './value-view';

const ROW_PX = 28;
const HEADER_PX = 44;

interface GridProps {
  columns: readonly Column[];
  rows: RowStore;
  /** Of the rows in the store, those that had come when this was rendered. */
  rowCount: number;
}

export function Grid({ columns, rows, rowCount }: GridProps) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState('');
  const [opened, setOpened] = useState<CellPlace>();
  // Widths settle with the first rows and then stay, so that nothing moves under the reader.
  const sampled = Math.min(rowCount, 60);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the store is append-only; `sampled` tells of its first rows
  const widths = useMemo(() => columnWidths(columns, rows), [columns, rows, sampled]);
  const gutter = 24 + 7 * String(rowCount).length;

  const rowWindow = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
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
  const { selection, handlers } = useGridSelection(
    { rows: rowCount, columns: columns.length },
    () => Math.floor(((scroller.current?.clientHeight ?? 0) - HEADER_PX) / ROW_PX),
    ({ row, column }) => {
      rowWindow.scrollToIndex(row);
      columnWindow.scrollToIndex(column);
    },
  );
  const rectangle = rectangleOf(selection);
  const { active } = selection;

  const copy = (event: ClipboardEvent): void => {
    if (rowCount === 0) return;
    event.preventDefault();
    const copied = copyCells(rows, rectangle);
    if (copied.ok) event.clipboardData.setData('text/plain', copied.text);
    setSaid(copied.ok ? `Copied ${plural(copied.cells, 'cell')}` : copied.reason);
  };

  const width = gutter + columnWindow.getTotalSize();
  const visible = columnWindow.getVirtualItems();
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {/* biome-ignore lint/a11y/useSemanticElements: a virtual grid has no table to be */}
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label="Rows"
        aria-rowcount={rowCount + 1}
        aria-colcount={columns.length + 1}
        aria-multiselectable
        aria-activedescendant={rowCount > 0 ? `${id}-active` : undefined}
        className="group relative min-h-0 flex-1 select-none overflow-auto font-mono text-[13px] focus-visible:-outline-offset-2"
        onCopy={copy}
        onDoubleClick={() => setOpened(active)}
        {...handlers}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && rowCount > 0) setOpened(active);
          else handlers.onKeyDown(event);
        }}
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
          />
          {rowWindow.getVirtualItems().map(({ index, start, size }) => (
            <GridRow
              key={index}
              grid={id}
              row={index}
              top={start}
              height={size}
              width={width}
              gutter={gutter}
              rows={rows}
              columns={columns}
              visible={visible}
              selected={index >= rectangle.top && index <= rectangle.bottom ? rectangle : undefined}
              activeColumn={index === active.row ? active.column : undefined}
            />
          ))}
        </div>
      </div>
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
        {said}
      </p>
    </div>
  );
}
