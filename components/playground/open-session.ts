import { findPlayground } from '../playgrounds/store';
import { type Identity, identify } from './identity';
import { PLAYGROUND_PATH } from './places';
import { Session } from './session';

/** A playground of this tab: its session, or why there is none. */
export type Opened =
  | { readonly kind: 'member'; readonly session: Session }
  | Extract<Identity, { kind: 'stranger' }>;

const opened = new Map<string, { readonly key: string; readonly value: Opened }>();

/** The session of this tab in a playground, as the address and this browser's memory have it now. */
export function openSession(playground: string): Opened {
  // A tab that hosts goes on hosting, whatever its address becomes.
  const hosting = opened.get(playground);
  if (hosting && hostsHere(playground)) return hosting.value;
  const identity = identify(playground, location.hash, findPlayground(playground));
  const key = identity.kind === 'stranger' ? identity.why : identity.credentials.link;
  const present = opened.get(playground);
  if (present?.key === key) return present.value;
  if (present?.value.kind === 'member') present.value.session.close();
  const value: Opened =
    identity.kind === 'stranger' ? identity : { kind: 'member', session: new Session(identity) };
  opened.set(playground, { key, value });
  return value;
}

/** True while this tab runs the playground's machine. */
function hostsHere(playground: string): boolean {
  const value = opened.get(playground)?.value;
  return value?.kind === 'member' && value.session.seat.get().kind === 'host';
}

/** Called when this code arrives, before React has looked at the page: the machine loads meanwhile. */
export function openEarly(): void {
  const playground = PLAYGROUND_PATH.exec(location.pathname)?.[1];
  if (playground) openSession(playground);
}
