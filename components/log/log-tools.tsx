'use client';

import { useState } from 'react';
import { Button } from '../ui/button';
import { copyText } from '../ui/copy-text';
import { formatCount, plural } from '../ui/format';
import type { LogFilter, LogLevel, LogLine } from './log-lines';

interface LogToolsProps {
  filter: LogFilter;
  found: readonly LogLine[];
  total: number;
  isPaused: boolean;
  onFilter: (filter: LogFilter) => void;
  onPause: () => void;
  onClear: () => void;
}

const LEVELS: readonly (readonly [LogLevel, string])[] = [
  ['plain', 'Everything'],
  ['warning', 'Warnings and errors'],
  ['error', 'Errors'],
];
const FIELD = 'h-7 rounded-md border border-line-strong bg-raised px-2 text-[13px]';

/** What the log is narrowed by, and what can be done with it. */
export function LogTools(props: LogToolsProps) {
  const { filter, found, total, isPaused, onFilter, onPause, onClear } = props;
  const [said, setSaid] = useState('');
  const copy = async () => {
    const copied = await copyText(found.map(({ text }) => text).join('\n'));
    setSaid(copied ? `${plural(found.length, 'line')} copied` : 'The browser refuses to copy');
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <input
        type="search"
        aria-label="Filter the log"
        placeholder="Filter"
        value={filter.text}
        onChange={(event) => onFilter({ ...filter, text: event.target.value })}
        className={`${FIELD} min-w-0 flex-1 basis-40 sm:max-w-72`}
      />
      <select
        aria-label="Level"
        value={filter.least}
        onChange={({ target }) => {
          const level = LEVELS.find(([id]) => id === target.value);
          if (level) onFilter({ ...filter, least: level[0] });
        }}
        className={FIELD}
      >
        {LEVELS.map(([id, label]) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
      <Button
        size="small"
        aria-pressed={isPaused}
        onClick={onPause}
        className="aria-pressed:bg-accent-soft"
      >
        Pause
      </Button>
      <Button size="small" onClick={onClear}>
        Clear
      </Button>
      <Button size="small" disabled={found.length === 0} onClick={() => void copy()}>
        Copy
      </Button>
      <span className="text-muted text-xs tabular-nums">
        {found.length === total
          ? plural(total, 'line')
          : `${formatCount(found.length)} of ${plural(total, 'line')}`}
      </span>
      <span aria-live="polite" className="text-ok text-xs">
        {said}
      </span>
    </div>
  );
}
