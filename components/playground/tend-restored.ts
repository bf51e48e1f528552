import { findPlayground } from '../playgrounds/store';
import type { HostedMachine } from './hosted-machine';
import type { Session } from './session';

/**
 * What a machine that came from somewhere else needs once it runs: a snapshot of data is restored into it, and the
 * subscriptions of a copy are disabled. The code for it is fetched only then.
 */
export function tendRestored(session: Session, machine: HostedMachine): void {
  const { playground } = session.identity.credentials;
  machine.state.subscribe(() => {
    if (machine.state.get().stage !== 'ready' || !findPlayground(playground)?.pendingDump) return;
    void import('../snapshot/pending-dump').then(({ restorePendingDump }) =>
      restorePendingDump(session),
    );
  });
  machine.continued.subscribe(() => {
    if (machine.continued.get()?.from !== 'start') return;
    void import('./quiet-subscriptions').then(({ quietSubscriptions }) =>
      // A machine that cannot be asked has stopped, and its next start asks again.
      quietSubscriptions(machine.backend).catch(() => []),
    );
  });
}
