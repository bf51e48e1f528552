'use client';

import { NEVER, useCell } from '../state/cell';
import { Button } from '../ui/button';
import type { QueryDesk } from './query-desk';
import { RunClock } from './run-clock';
import { TransactionBadge } from './transaction-badge';

interface QueryToolbarProps {
  /** Absent while the page wakes up. */
  desk: QueryDesk | undefined;
  onRun: () => void;
}

export function QueryToolbar({ desk, onRun }: QueryToolbarProps) {
  const phase = useCell(desk?.run ?? NEVER, undefined)?.phase;
  const session = useCell(desk?.session ?? NEVER, undefined);
  const waiting = phase?.kind === 'waiting';
  const stopping = phase?.kind === 'stopping';
  const running = phase?.kind === 'running' || stopping;
  return (
    <div className="flex min-h-12 flex-wrap items-center gap-2 border-line border-b px-3 py-1.5">
      <Button look="primary" onClick={onRun} disabled={!desk || running} title="Ctrl+Enter">
        Run
      </Button>
      <Button
        onClick={() => desk?.stop()}
        disabled={!running && !waiting}
        title={stopping ? 'Cut the session' : 'Cancel what runs'}
      >
        Stop
      </Button>
      {session?.kind === 'open' && <TransactionBadge status={session.transaction} />}
      <p className="ml-auto text-[13px] text-muted">
        {waiting && phase.reason}
        {phase?.kind === 'running' && <RunClock since={phase.since} label="Running" />}
        {stopping && <RunClock since={phase.since} label="Stopping; Stop again cuts the session" />}
        {session?.kind === 'failed' && !running && !waiting && session.message}
      </p>
    </div>
  );
}
