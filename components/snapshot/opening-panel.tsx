'use client';

import { Button } from '../ui/button';
import { formatBytes } from '../ui/format';
import { Notice } from '../ui/notice';
import { ProgressBar } from '../ui/progress-bar';
import type { ShownSnapshot } from './open-link';
import { useOpening } from './use-opening';

/** The button that opens the snapshot, and what happens then. */
export function OpeningPanel({ shown }: { shown: ShownSnapshot }) {
  const { state, open, cancel } = useOpening(shown);
  const { bytes: total } = shown.facts;
  const { kind } = shown.card;
  if (state.kind === 'loading' || state.kind === 'entering') {
    const loaded = state.kind === 'loading' ? state.bytes : total;
    const isHere = loaded >= total;
    return (
      <div className="w-full space-y-3">
        <p role="status" className="font-medium">
          {isHere ? 'Making a playground of it…' : 'Fetching and checking it…'}
        </p>
        <ProgressBar label="Snapshot" value={loaded} max={total} />
        <p className="text-[13px] text-muted tabular-nums">
          {formatBytes(loaded)} of {formatBytes(total)}
        </p>
        {state.kind === 'loading' && state.fault !== undefined && (
          <p role="status" className="text-sm text-warn">
            {state.fault} It goes on by itself.
          </p>
        )}
        {state.kind === 'loading' && <Button onClick={cancel}>Cancel</Button>}
      </div>
    );
  }
  const mayOpen = state.kind !== 'failed' || state.problem.canRetry;
  return (
    <div className="w-full space-y-3">
      {state.kind === 'failed' && (
        <Notice tone="bad" announce="alert" title={state.problem.title}>
          {state.problem.text}
        </Notice>
      )}
      {state.kind === 'cancelled' && (
        <p role="status" className="text-muted text-sm">
          Cancelled. Nothing was kept in this browser.
        </p>
      )}
      {mayOpen && (
        <Button look="primary" size="large" autoFocus={state.kind !== 'asked'} onClick={open}>
          Open snapshot
        </Button>
      )}
      <p className="text-muted text-pretty text-sm">
        It becomes a playground of your own, whose PostgreSQL runs in this browser. What you change
        in it, its maker does not see
        {kind === 'machine' && '; Reset to start brings it back as it is in the snapshot'}.
      </p>
    </div>
  );
}
