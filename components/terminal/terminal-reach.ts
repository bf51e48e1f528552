import type { Session } from '../playground/session';
import { Cell, type Readable } from '../state/cell';
import type { OpenStream } from './terminal-tab';

/** Whether this page comes to the machine's terminals; what the machine's tab allows shows when one is opened. */
export type TerminalReach =
  | { readonly kind: 'open'; readonly open: OpenStream }
  /** It comes by itself. */
  | { readonly kind: 'waiting'; readonly reason: string }
  /** Somebody has to do something first. */
  | { readonly kind: 'closed'; readonly reason: string };

/** The way to the terminals of a session's machine: straight to the one in this tab, else over the relay. */
export function terminalReach(session: Session): Readable<TerminalReach> {
  const cell = new Cell<TerminalReach>({ kind: 'waiting', reason: 'Waiting for the machine…' });
  const machineOf = () => {
    const seat = session.seat.get();
    return seat.kind === 'host' ? seat.machine : undefined;
  };
  let backend: unknown;
  const look = () => {
    const reach = session.reach.get();
    if (reach.kind !== 'open') {
      backend = undefined;
      cell.set(reach);
    } else if (reach.backend !== backend) {
      backend = reach.backend;
      const machine = machineOf();
      const open: OpenStream = machine
        ? (metadata) => machine.open(metadata)
        : (metadata) => session.relay.openTerminal(metadata);
      cell.set({ kind: 'open', open });
    }
  };
  session.reach.subscribe(look);
  look();
  return cell;
}
