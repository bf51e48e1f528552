'use client';

import { useEffect, useRef } from 'react';
import { Button } from '../ui/button';
import { formatCount, plural } from '../ui/format';
import type { Column } from './column';

/** As much of one value as a page can lay out at once without a pause. */
const SHOWN_LENGTH = 100_000;

interface ValueViewProps {
  column: Column | undefined;
  row: number;
  /** Null is NULL. */
  text: string | null;
  onClose: () => void;
}

/** One value whole, with its line breaks. */
export function ValueView({ column, row, text, onClose }: ValueViewProps) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => section.current?.focus(), []);
  const length = text?.length ?? 0;
  return (
    <section
      ref={section}
      tabIndex={-1}
      aria-label={`Value of ${column?.name}, row ${row + 1}`}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
      className="flex max-h-[45%] min-h-24 flex-col border-line-strong border-t bg-surface outline-none"
    >
      <div className="flex items-center gap-3 border-line border-b px-3 py-1.5 text-[13px]">
        <p className="min-w-0 truncate">
          <strong className="font-semibold">{column?.name}</strong>{' '}
          <span className="text-muted">
            row {formatCount(row + 1)}, {text === null ? 'NULL' : plural(length, 'character')}
            {length > SHOWN_LENGTH && `, the first ${formatCount(SHOWN_LENGTH)} shown`}
          </span>
        </p>
        <Button size="small" className="ml-auto" onClick={onClose}>
          Close
        </Button>
      </div>
      <pre className="min-h-0 flex-1 overflow-auto whitespace-pre-wrap break-words p-3 font-mono text-[13px]">
        {text?.slice(0, SHOWN_LENGTH) ?? 'NULL'}
      </pre>
    </section>
  );
}
