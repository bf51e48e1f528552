'use client';

import type { NotebookDocument } from '../document/types';
import type { Seat } from '../playground/seat';
import type { Session } from '../playground/session';
import { useCell } from '../state/cell';
import { Button } from '../ui/button';
import { MachineMenuButton } from './machine-menu-button';
import type { MachineNews } from './machine-news';

const ELECTING: Seat = { kind: 'electing' };

/** Why the menu is not to be had in this tab; guests, whose it is not, are shown none. */
const WHY_NOT = {
  electing: 'It is not known yet which tab runs the machine.',
  'second-tab': 'Another tab of this browser runs the machine: its menu is there.',
  heir: 'No machine runs in this tab. Press Host here first.',
} as const;

interface MachineMenuPlaceProps {
  session: Session;
  notebook: NotebookDocument;
  title: string;
  news: MachineNews;
}

/** The menu Machine, where this tab has one. */
export function MachineMenuPlace(props: MachineMenuPlaceProps) {
  const seat = useCell(props.session.seat, ELECTING);
  if (seat.kind === 'guest') return null;
  if (seat.kind === 'host') return <MachineMenuButton {...props} machine={seat.machine} />;
  return (
    <Button look="quiet" size="small" disabled title={WHY_NOT[seat.kind]}>
      Machine
    </Button>
  );
}
