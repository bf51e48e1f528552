import type { Duplex } from './duplex';
import { Inbox } from './inbox';
import type { Reason, ReasonCode } from './reason';

/** A duplex that was reset before it began: for those who must return one and have no link to open it on. */
export function lostDuplex(reason: Reason): Duplex {
  const inbox = new Inbox();
  inbox.reset(reason);
  return {
    attach: (consumer) => inbox.attach(consumer),
    write: () => true,
    end: () => {},
    reset: (_code: ReasonCode) => inbox.discard(),
    consumed: () => {},
  };
}
