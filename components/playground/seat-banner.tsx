'use client';

import { useCell } from '../state/cell';
import { Button } from '../ui/button';
import { Banner } from './banner';
import { GuestHost, HostAway } from './host-away';
import type { Seat } from './seat';
import type { Session } from './session';

const ELECTING: Seat = { kind: 'electing' };
const OFF = { stage: 'off' } as const;

/** What is particular about this tab: whose database it shows, and what can be done about that. */
export function SeatBanner({ session }: { session: Session }) {
  const seat = useCell(session.seat, ELECTING);
  const tunnel = useCell(session.relay.tunnel, OFF);
  const hostOnline = useCell(session.relay.hostOnline, false);
  const { identity } = session;

  if (seat.kind === 'second-tab') {
    return (
      <Banner tone="plain" title="This playground runs in another tab">
        Queries here go to the database of that tab. When it closes, this one can host the
        playground.
      </Banner>
    );
  }
  if (seat.kind === 'heir') {
    return (
      <Banner
        title={
          hostOnline
            ? 'Somebody else runs this playground now'
            : 'The tab that ran this playground has closed'
        }
        actions={
          <Button look="primary" size="small" onClick={() => session.host()}>
            Host here
          </Button>
        }
      >
        {hostOnline
          ? 'Queries here go to their machine. Hosting here goes on from where this browser kept it last, in its place.'
          : 'Hosting here goes on from where this browser kept the machine last; the links stay the same.'}
      </Banner>
    );
  }
  if (seat.kind === 'host' && identity.kind === 'guest') {
    return <GuestHost session={session} machine={seat.machine} />;
  }
  if (seat.kind !== 'guest') return null;
  if (tunnel.stage === 'ended') {
    return (
      <Banner tone="bad" title="This link does not let you in">
        {tunnel.message} Ask the owner for a new link.
      </Banner>
    );
  }
  return (
    <>
      {identity.kind === 'guest' && identity.couldOwn && (
        <Banner
          tone="plain"
          title="You opened a link of your own playground"
          actions={
            <a
              href={`/p/${identity.credentials.playground}`}
              className="rounded-sm text-accent text-sm underline underline-offset-4"
            >
              Open it as owner
            </a>
          }
        >
          This page has the rights of that link, not yours.
        </Banner>
      )}
      <HostAway session={session} />
    </>
  );
}
