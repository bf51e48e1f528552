'use client';

import type { NotebookCell } from '@/lib/notebook/types';
import { RunClock } from '../query/run-clock';
import { useNow } from '../state/use-now';
import { formatClock } from '../ui/format';
import type { NotebookActions } from './notebook-actions';
import { useRunState } from './use-run-state';
import { useShownRun } from './use-shown-run';

interface CellRunNoteProps {
  cell: NotebookCell;
  actions: NotebookActions | undefined;
}

/** Beside a cell's number: that it runs or waits, or when this page ran it. Below a shared result stands whose it is. */
export function CellRunNote({ cell, actions }: CellRunNoteProps) {
  const state = useRunState(cell.id, actions?.session.desk);
  const run = useShownRun(cell.id, actions);
  if (cell.kind !== 'sql' || !run) return null;
  const { phase } = run;
  return (
    <span className="min-w-0 truncate text-[13px] text-muted">
      {phase.kind === 'running' && <RunClock since={phase.since} label="Running" />}
      {phase.kind === 'stopping' && <RunClock since={phase.since} label="Stopping" />}
      {phase.kind === 'waiting' && (typeof state === 'number' ? `Waits, place ${state}` : 'Waits')}
      {phase.kind === 'over' && !run.shared && run.at !== undefined && <RunAt at={run.at} />}
    </span>
  );
}

/** Older than this, the time of day alone would mislead, in milliseconds. */
const DAY_MS = 24 * 3600 * 1000;
const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

function RunAt({ at }: { at: number }) {
  const now = useNow(60_000);
  return (
    <time dateTime={new Date(at).toISOString()}>
      run at {now - at > DAY_MS ? DATE.format(at) : formatClock(at)}
    </time>
  );
}
