import { useEffect } from 'react';
import { leaveRisk } from '../machine/leave-risk';
import type { Session } from './session';

/**
 * Asks before the tab that runs the machine closes while work in it is not saved yet, which it then saves, or while
 * others work with it.
 */
export function useLeaveWarning(session: Session | undefined): void {
  useEffect(() => {
    if (!session) return;
    const ask = (event: BeforeUnloadEvent) => {
      const seat = session.seat.get();
      if (seat.kind !== 'host' || seat.machine.state.get().stage !== 'ready') return;
      const hasGuests = session.relay.peers
        .get()
        .some(({ via, role }) => via !== 'host' && role !== 'owner');
      const kept = seat.machine.kept.get();
      const risk = leaveRisk({ kept, wasUsed: session.desk.wasUsed, hasGuests });
      if (risk === 'none') return;
      event.preventDefault();
      // Saved by the time the question is answered, mostly; a failure shows in the page that stays.
      if (risk === 'unsaved') void seat.machine.saveNow().catch(() => {});
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [session]);
}
