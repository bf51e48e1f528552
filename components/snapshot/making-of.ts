import type { Session } from '../playground/session';
import { SnapshotMaking } from './snapshot-making';

const makings = new WeakMap<Session, SnapshotMaking>();

/** The one of this tab's session, which outlives the dialog that shows it. */
export function makingOf(session: Session): SnapshotMaking {
  const known = makings.get(session) ?? new SnapshotMaking(session.identity.credentials);
  makings.set(session, known);
  return known;
}
