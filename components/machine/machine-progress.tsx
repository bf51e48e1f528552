import type { MachineState } from '@/lib/machine/types';
import { formatBytes } from '../ui/format';
import { ProgressBar } from '../ui/progress-bar';

const STEPS = {
  off: 'Step 1 of 4: starting the emulator',
  loading: 'Step 2 of 4: loading the machine',
  restoring: 'Step 3 of 4: waking it',
  checking: 'Step 4 of 4: asking PostgreSQL',
} as const;

/** How far a machine that is coming up has got. */
export function MachineProgress({ state }: { state: MachineState }) {
  if (state.stage === 'ready' || state.stage === 'failed' || state.stage === 'stopped') return null;
  const step = STEPS[state.stage];
  const [value, max] = state.stage === 'loading' ? [state.loadedBytes, state.totalBytes] : [0, 0];
  return (
    <div className="space-y-1.5">
      <p className="flex justify-between gap-2 text-[13px]">
        <span>{step}</span>
        {max > 0 && (
          <span className="text-muted tabular-nums">
            {formatBytes(value)} of {formatBytes(max)}
          </span>
        )}
      </p>
      <ProgressBar label="Machine start" value={value} max={max} />
    </div>
  );
}
