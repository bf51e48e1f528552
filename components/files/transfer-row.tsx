import { Button } from '../ui/button';
import { formatBytes, formatElapsed } from '../ui/format';
import { ProgressBar } from '../ui/progress-bar';
import { shownName } from './shown-name';
import { isOver, type Transfer } from './transfer';

interface TransferRowProps {
  transfer: Transfer;
  onCancel: () => void;
}

const WAYS = { up: 'into the machine', down: 'to this computer' } as const;

export function TransferRow({ transfer, onCancel }: TransferRowProps) {
  const { direction, name, totalBytes, state } = transfer;
  const shown = shownName(name);
  const hasFailed = state.kind === 'failed';
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-[13px]">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex gap-1.5">
          <span className="truncate font-medium" title={shown}>
            {shown}
          </span>
          <span className="shrink-0 text-muted">{WAYS[direction]}</span>
        </p>
        {state.kind === 'running' && (
          <div className="my-1">
            <ProgressBar label={shown} value={state.bytes} max={totalBytes ?? 0} />
          </div>
        )}
        <p
          role={hasFailed ? 'alert' : undefined}
          className={
            hasFailed
              ? 'max-h-40 overflow-y-auto whitespace-pre-wrap break-words text-bad'
              : 'text-muted tabular-nums'
          }
        >
          {told(transfer)}
        </p>
      </div>
      {!isOver(transfer) && (
        <Button size="small" aria-label={`Cancel ${shown}`} onClick={onCancel}>
          Cancel
        </Button>
      )}
    </li>
  );
}

function told({ totalBytes, state }: Transfer): string {
  switch (state.kind) {
    case 'waiting':
      return 'Waiting for the one before it';
    case 'running': {
      const of = totalBytes === undefined ? '' : ` of ${formatBytes(totalBytes)}`;
      const rate = state.rate === undefined ? '' : `, ${formatBytes(Math.round(state.rate))}/s`;
      return `${formatBytes(state.bytes)}${of}${rate}`;
    }
    case 'done':
      return `Done: ${formatBytes(state.bytes)} in ${formatElapsed(state.ms)}`;
    case 'cancelled':
      return 'Cancelled; nothing was kept';
    case 'failed':
      return state.message;
  }
}
