'use client';

import { type ComponentType, useEffect, useState } from 'react';
import type { HostedMachine } from '../playground/hosted-machine';
import type { Session } from '../playground/session';
import { findPlayground } from '../playgrounds/store';
import { useCell } from '../state/cell';

const OFF = { stage: 'off' } as const;

interface PendingDataProps {
  session: Session;
  machine: HostedMachine;
}

/** In a playground that was made of a snapshot's data: how far their restore is (components/playground/tend-restored.ts). */
export function PendingData({ session, machine }: PendingDataProps) {
  const { stage } = useCell(machine.state, OFF);
  const [Status, setStatus] = useState<ComponentType<{ session: Session }>>();
  useEffect(() => {
    if (stage !== 'ready') return;
    if (!findPlayground(session.identity.credentials.playground)?.pendingDump) return;
    import('../snapshot/pending-dump-status').then(
      ({ PendingDumpStatus }) => setStatus(() => PendingDumpStatus),
      // The data come without it.
      () => {},
    );
  }, [stage, session]);
  return Status ? <Status session={session} /> : null;
}
