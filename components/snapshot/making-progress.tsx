'use client';

import { Button } from '../ui/button';
import { formatBytes } from '../ui/format';
import { Notice } from '../ui/notice';
import { ProgressBar } from '../ui/progress-bar';
import type { Making, SnapshotMaking } from './snapshot-making';

interface MakingProgressProps {
  making: SnapshotMaking;
  state: Extract<Making, { kind: 'reading' | 'sending' | 'stuck' }>;
}

/** A link that is being made: how far it is, and its end. */
export function MakingProgress({ making, state }: MakingProgressProps) {
  const [value, max] = state.kind === 'reading' ? [0, 0] : [state.sentBytes, state.totalBytes];
  return (
    <div className="space-y-3">
      <div>
        <p role="status" className="font-medium text-sm">
          {state.kind === 'reading' ? 'Making and encrypting the snapshot…' : 'Sending it…'}
        </p>
        <div className="mt-2">
          <ProgressBar label="Snapshot" value={value} max={max} />
        </div>
        <p className="mt-1.5 text-[13px] text-muted tabular-nums">
          {state.kind === 'reading'
            ? `${formatBytes(state.bytes)} so far. The database may be used meanwhile.`
            : `${formatBytes(value)} of ${formatBytes(max)}. It goes on when this dialog is closed, as long as the tab is open.`}
        </p>
      </div>
      {state.kind === 'sending' && state.fault !== undefined && (
        <p role="status" className="text-sm text-warn">
          {state.fault} It is tried again by itself, with what is missing.
        </p>
      )}
      {state.kind === 'stuck' && (
        <Notice tone="bad" announce="alert" title="The server could not be reached for a while">
          {state.message} What was sent is kept there; go on when the network is back.
        </Notice>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => making.cancel()}>Cancel</Button>
        {state.kind === 'stuck' && (
          <Button look="primary" autoFocus onClick={() => void making.goOn()}>
            Go on
          </Button>
        )}
      </div>
    </div>
  );
}
