import { formatBytes, plural } from '../../ui/format';
import { ProgressBar } from '../../ui/progress-bar';
import type { RebootStep } from './plan';

/** How far a reboot has got. */
export function RebootProgress({ step }: { step: RebootStep }) {
  const [value, max] = step.kind === 'restoring' ? [step.sentBytes, step.totalBytes] : [0, 0];
  return (
    <div className="space-y-1.5">
      <p className="flex flex-wrap justify-between gap-2 text-sm">
        <span aria-live="polite">{STEPS[step.kind]}</span>
        <span className="text-muted tabular-nums">{amount(step)}</span>
      </p>
      <ProgressBar label="Reboot" value={value} max={max} />
      <p className="text-muted text-xs">Leave this page open until it is done.</p>
    </div>
  );
}

const STEPS: Record<RebootStep['kind'], string> = {
  dumping: 'Dumping the databases…',
  'restarting-postgres': 'Restarting PostgreSQL…',
  starting: 'Starting the machine…',
  restoring: 'Reading the data in…',
};

function amount(step: RebootStep): string {
  switch (step.kind) {
    case 'dumping':
      return formatBytes(step.bytes);
    case 'restoring':
      return `${formatBytes(step.sentBytes)} of ${formatBytes(step.totalBytes)}${
        step.errors > 0 ? `, ${plural(step.errors, 'error')}` : ''
      }`;
    default:
      return '';
  }
}
