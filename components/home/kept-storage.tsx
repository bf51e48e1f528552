'use client';

import { useStorage } from '../machine/use-storage';
import { formatBytes } from '../ui/format';
import type { Shelved } from './kept-machines';

/** How much room the machines take in this browser, and how much there is. */
export function KeptStorage({ shelved }: { shelved: Shelved | undefined }) {
  const { room } = useStorage(shelved);
  if (!shelved || !room) return null;
  const machines = [...shelved.machines.values()];
  const bytes = machines.reduce((sum, { storedBytes }) => sum + storedBytes, 0);
  return (
    <p className="mt-2 text-[13px] text-muted tabular-nums">
      {machines.length > 0 && `Machines take ${formatBytes(bytes)}. `}
      Storage used: {formatBytes(room.usedBytes)} of the {formatBytes(room.quotaBytes)} this browser
      gives.
    </p>
  );
}
