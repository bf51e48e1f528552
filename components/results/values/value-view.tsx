'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '../../ui/button';
import { copyText } from '../../ui/copy-text';
import { formatCount, plural } from '../../ui/format';
import type { Column } from '../column';
import { isBooleanColumn, shownText } from '../formats/shown-text';
import { NullMark } from '../null-mark';
import { ArrayList } from './array-list';
import { BytesView } from './bytes-view';
import { JsonTree } from './json-tree';
import { type Look, lookAt } from './look-at';
import { MomentView } from './moment-view';

/** As much of one value as a page can lay out at once without a pause. */
const SHOWN_LENGTH = 100_000;

interface ValueViewProps {
  column: Column | undefined;
  row: number;
  /** Null is NULL. */
  text: string | null;
  onClose: () => void;
}

/** One value whole: as what its type makes of it, or as text with its line breaks. */
export function ValueView({ column, row, text, onClose }: ValueViewProps) {
  const section = useRef<HTMLElement>(null);
  const [asText, setAsText] = useState(false);
  const [said, setSaid] = useState('');
  const look = useMemo(() => lookAt(text, column?.oid ?? 0), [text, column]);
  useEffect(() => section.current?.focus(), []);
  const length = text?.length ?? 0;
  const hasShape = look.kind !== 'text' && look.kind !== 'null';
  const isCut = length > SHOWN_LENGTH && (!hasShape || asText);
  const copy = async () => {
    setSaid((await copyText(text ?? '')) ? 'Copied' : 'The browser refused to copy.');
  };
  return (
    <section
      ref={section}
      tabIndex={-1}
      aria-label={`Value of ${column?.name}, row ${row + 1}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
      className="flex max-h-96 min-h-24 flex-col border-line-strong border-t bg-surface outline-none"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-3 py-1.5 text-[13px]">
        <p className="min-w-0 flex-1 truncate">
          <strong className="font-semibold">{column?.name}</strong>{' '}
          <span className="text-muted">
            {column?.type}, row {formatCount(row + 1)},{' '}
            {text === null ? 'NULL' : plural(length, 'character')}
            {isCut && `, the first ${formatCount(SHOWN_LENGTH)} shown`}
          </span>
        </p>
        <span aria-live="polite" className="text-ok">
          {said}
        </span>
        {hasShape && (
          <Button size="small" aria-pressed={asText} onClick={() => setAsText(!asText)}>
            As text
          </Button>
        )}
        {text !== null && (
          <Button size="small" onClick={copy}>
            Copy value
          </Button>
        )}
        <Button size="small" onClick={onClose}>
          Close
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className="min-h-0 flex-1 overflow-auto p-3 font-mono text-[13px]" tabIndex={0}>
        <ValueBody
          text={text ?? ''}
          look={asText ? { kind: 'text' } : look}
          isBoolean={column !== undefined && isBooleanColumn(column)}
        />
      </div>
    </section>
  );
}

function ValueBody({ text, look, isBoolean }: { text: string; look: Look; isBoolean: boolean }) {
  switch (look.kind) {
    case 'null':
      return <NullMark />;
    case 'json':
      return <JsonTree node={look.node} />;
    case 'array':
      return <ArrayList array={look.array} areBooleans={look.areBooleans} />;
    case 'bytes':
      return <BytesView text={text} bytes={look.bytes} />;
    case 'moment':
      return <MomentView text={text} moment={look.moment} />;
    case 'text':
      return (
        <pre className="whitespace-pre-wrap break-words">
          {shownText(text.slice(0, SHOWN_LENGTH), isBoolean)}
        </pre>
      );
  }
}
