'use client';

import { useId } from 'react';
import type { KeepState } from '@/lib/machine/types';
import type { HostedMachine } from '../playground/hosted-machine';
import { useCell } from '../state/cell';
import { useNow } from '../state/use-now';
import { summarizeKept } from './keep-text';
import { StatusDot } from './status-dot';

const NOT_YET: KeepState = { kind: 'off', why: 'The machine has not been saved yet.' };

/** When the machine was last saved in this browser, and what a crash now would lose. */
export function LastSaved({ machine }: { machine: HostedMachine }) {
  const kept = useCell(machine.kept, NOT_YET);
  const now = useNow();
  const explanation = useId();
  const { tone, text, since, risk } = summarizeKept(kept, now);
  return (
    <div className="flex min-w-0 items-center gap-1.5 text-[13px]" title={risk}>
      <StatusDot tone={tone} />
      {/* Silent: it counts each second. What somebody has to hear is said beside it. */}
      <span
        role="status"
        aria-label="Last saved"
        aria-live="off"
        aria-describedby={explanation}
        className="min-w-0 max-w-72 truncate text-muted tabular-nums"
      >
        {text}
        {since && <span className="max-md:hidden">{since}</span>}
      </span>
      <span id={explanation} className="sr-only">
        {risk}
      </span>
      <span aria-live="polite" className="sr-only">
        {kept.kind === 'failed' && kept.message}
      </span>
    </div>
  );
}
