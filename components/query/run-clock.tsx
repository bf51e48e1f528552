'use client';

import { useNow } from '../state/use-now';
import { formatDuration } from '../ui/format';

/** Shown once a run takes long enough to wonder. */
const SILENT_MS = 1000;

export function RunClock({ since, label }: { since: number; label: string }) {
  const now = useNow(250);
  const elapsed = now - since;
  return (
    <span className="tabular-nums">
      {label}
      {elapsed > SILENT_MS && `, ${formatDuration(elapsed)}`}
    </span>
  );
}
