'use client';

import { Banner } from '../playground/banner';
import type { Session } from '../playground/session';
import { useCell } from '../state/cell';
import { Button } from '../ui/button';
import { formatBytes, plural } from '../ui/format';
import { ProgressBar } from '../ui/progress-bar';
import { type DumpState, dismissDumpState, dumpStateOf, restorePendingDump } from './pending-dump';

const NONE: DumpState = { kind: 'none' };

/** Over the page of a playground that was made of a snapshot's data: how far it is, and what became of it. */
export function PendingDumpStatus({ session }: { session: Session }) {
  const state = useCell(dumpStateOf(session), NONE);
  switch (state.kind) {
    case 'none':
      return null;
    case 'restoring':
      return (
        <Banner tone="plain" title="The snapshot’s data is being restored">
          <p role="status">Tables appear one after the other. Leave this tab open until then.</p>
          <div className="mt-2 max-w-md">
            <ProgressBar label="Restore" value={state.givenBytes} max={state.totalBytes} />
            <p className="mt-1 text-[13px] text-muted tabular-nums">
              {formatBytes(state.givenBytes)} of {formatBytes(state.totalBytes)}
            </p>
          </div>
        </Banner>
      );
    case 'failed':
      return (
        <Banner
          tone="bad"
          title="The snapshot’s data was not restored"
          actions={
            <>
              <Button size="small" onClick={() => restorePendingDump(session)}>
                Try again
              </Button>
              <Button size="small" onClick={() => dismissDumpState(session)}>
                Close
              </Button>
            </>
          }
        >
          {state.message} What was restored until then is in the database.
        </Banner>
      );
    case 'done':
      return <Outcome state={state} onClose={() => dismissDumpState(session)} />;
  }
}

interface OutcomeProps {
  state: Extract<DumpState, { kind: 'done' }>;
  onClose: () => void;
}

function Outcome({ state: { errors, said, isKept }, onClose }: OutcomeProps) {
  const isWhole = errors === 0;
  return (
    <Banner
      tone={isWhole && isKept ? 'plain' : 'warn'}
      title={isWhole ? 'The snapshot’s data is here' : `Restored with ${plural(errors, 'error')}`}
      actions={
        <Button size="small" onClick={onClose}>
          Close
        </Button>
      }
    >
      <p role="status">
        {isWhole
          ? 'All of it was restored.'
          : 'Everything else was restored. Each line below names what PostgreSQL refused.'}
        {!isKept && ' This browser did not keep the machine: when the tab closes, it is lost.'}
      </p>
      {said !== '' && (
        <details className="mt-2" open={!isWhole}>
          <summary className="cursor-pointer text-[13px]">Output of pg_restore</summary>
          <pre className="mt-1 max-h-56 overflow-auto rounded-md border border-line bg-surface p-2 font-mono text-xs">
            {said}
          </pre>
        </details>
      )}
    </Banner>
  );
}
