import { useEffect } from 'react';
import type { Session } from './session';

/** Asks before the tab closes when a database with something in it, or somebody connected to it, would end. */
export function useLeaveWarning(session: Session | undefined): void {
  useEffect(() => {
    if (!session) return;
    const ask = (event: BeforeUnloadEvent) => {
      const seat = session.seat.get();
      if (seat.kind !== 'host' || seat.machine.state.get().stage !== 'ready') return;
      const others = session.relay.peers
        .get()
        .some(({ via, role }) => via !== 'host' && role !== 'owner');
      if (others || session.desk.wasUsed) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [session]);
}
