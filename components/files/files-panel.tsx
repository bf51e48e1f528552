'use client';

import { useEffect } from 'react';
import type { HostedMachine } from '../playground/hosted-machine';
import { reachOfMachine } from '../playground/reach';
import type { Seat } from '../playground/seat';
import type { Session } from '../playground/session';
import { useCell } from '../state/cell';
import { deskOf } from './desk-of';
import { FileBrowser } from './file-browser';
import { TransferListView } from './transfer-list-view';

const ELECTING: Seat = { kind: 'electing' };
const OFF = { stage: 'off' } as const;

/** The files of the machine. Only the tab that runs it reaches them. */
export function FilesPanel({ session }: { session: Session }) {
  const seat = useCell(session.seat, ELECTING);
  if (seat.kind === 'host') return <HostedFiles session={session} machine={seat.machine} />;
  return (
    <p className="p-4 text-muted text-pretty text-sm">
      {seat.kind === 'electing'
        ? 'Waiting for the machine…'
        : 'The machine runs elsewhere. Its files are seen in the tab that runs it.'}
    </p>
  );
}

function HostedFiles({ session, machine }: { session: Session; machine: HostedMachine }) {
  const state = useCell(machine.state, OFF);
  const desk = deskOf(machine);
  // Another machine, even one that comes back from its copy, may hold other files.
  const since = state.stage === 'ready' ? state.since : undefined;
  useEffect(() => {
    if (since !== undefined) void desk.refresh();
  }, [desk, since]);
  const reach = reachOfMachine(state, machine.backend);
  return (
    <div className="flex flex-col gap-4 p-3 text-sm">
      {reach.kind === 'open' ? (
        <FileBrowser
          desk={desk}
          backend={reach.backend}
          onRestored={() => session.catalogue.refresh()}
        />
      ) : (
        <p className="text-muted">{reach.reason}</p>
      )}
      <TransferListView list={desk.transfers} />
    </div>
  );
}
