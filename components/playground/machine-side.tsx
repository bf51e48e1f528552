'use client';

import { MachinePanel } from '../machine/machine-panel';
import { RemotePanel } from '../machine/remote-panel';
import { useCell } from '../state/cell';
import type { Seat } from './seat';
import type { Session } from './session';

const ELECTING: Seat = { kind: 'electing' };

interface MachineSideProps {
  playground: string;
  session: Session;
}

/** The machine as this tab has to do with it. */
export function MachineSide({ playground, session }: MachineSideProps) {
  const seat = useCell(session.seat, ELECTING);
  if (seat.kind === 'electing') return null;
  if (seat.kind === 'host') return <MachinePanel playground={playground} machine={seat.machine} />;
  return <RemotePanel relay={session.relay} desk={session.desk} />;
}
