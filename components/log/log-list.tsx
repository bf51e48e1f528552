'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { LogLine } from './log-lines';

/** Of a line that is not broken, in CSS pixels; the others are measured. */
const LINE_PX = 20;
/** Drawn beyond what is seen, so that scrolling shows no gaps. */
const OVERSCAN = 20;
/** So near to its end the log is followed; further up somebody reads. */
const NEAR_PX = 24;

const TONES = { plain: '', warning: 'text-warn', error: 'text-bad' } as const;

/** The lines of a log: the newest in sight, unless somebody has scrolled up. */
export function LogList({ lines }: { lines: readonly LogLine[] }) {
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE_PX,
    getItemKey: (index) => lines[index]?.number ?? index,
    overscan: OVERSCAN,
  });
  const last = lines.at(-1)?.number;
  useEffect(() => {
    if (last !== undefined && follows.current) {
      virtualizer.scrollToIndex(lines.length - 1, { align: 'end' });
    }
  }, [last, lines.length, virtualizer]);
  return (
    <div
      ref={box}
      role="log"
      aria-label="PostgreSQL log"
      aria-live="off"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        follows.current = scrollHeight - scrollTop - clientHeight < NEAR_PX;
      }}
      className="min-h-20 flex-1 overflow-auto rounded-md border border-line bg-sunken p-2 font-mono text-xs leading-5"
    >
      {lines.length === 0 && <p className="text-muted">Nothing to show.</p>}
      <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ key, index, start }) => {
          const line = lines[index];
          return (
            line && (
              <div
                key={key}
                data-index={index}
                ref={virtualizer.measureElement}
                style={{ transform: `translateY(${start}px)` }}
                className={`absolute inset-x-0 top-0 whitespace-pre-wrap break-words ${TONES[line.level]}`}
              >
                {line.text === '' ? '\u00a0' : line.text}
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
