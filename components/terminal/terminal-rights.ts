import type { Session } from '../playground/session';

/** Which terminals this page may ask for: psql and shells, psql alone, or none. The machine's tab has the last word. */
export type TerminalRights = 'all' | 'psql' | 'none';

export function rightsOf(session: Session): TerminalRights {
  // Who hosts has the machine, whoever it is.
  if (session.identity.kind === 'owner' || session.seat.get().kind === 'host') return 'all';
  const connected = session.desk.session.get();
  const role = connected.kind === 'open' ? connected.role : undefined;
  if (role === 'owner') return 'all';
  return role === 'viewer' ? 'none' : 'psql';
}
