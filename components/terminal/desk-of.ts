import type { Session } from '../playground/session';
import { OwnTerminals } from './own-terminals';
import { TerminalDesk } from './terminal-desk';
import { terminalReach } from './terminal-reach';
import { rightsOf } from './terminal-rights';
import { XtermScreen } from './xterm-screen';

const desks = new WeakMap<Session, TerminalDesk<XtermScreen>>();

/** The terminals of a session; it looks for them once somebody asks. */
export function deskOf(session: Session): TerminalDesk<XtermScreen> {
  const known = desks.get(session);
  if (known) return known;
  const desk = new TerminalDesk<XtermScreen>({
    reach: terminalReach(session),
    own: new OwnTerminals(session.identity.credentials.playground),
    showsAll: () => rightsOf(session) === 'all',
    makeScreen: (name, size) => new XtermScreen(name, size),
  });
  desks.set(session, desk);
  return desk;
}
