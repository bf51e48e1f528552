import type { WebSocket } from 'ws';
import type { Link } from '../../lib/mux/link';
import type { Relay } from '../relay';
import { Host } from './host';
import type { Member } from './room';
import { endTunnel, openTunnel, refuseStream, type TunnelOwner } from './tunnel';

/** Serves the tunnel of a tab that runs a playground's machine: sessions are opened towards it. */
export function serveHost(relay: Relay, socket: WebSocket, owner: TunnelOwner): void {
  const { limits } = relay;
  const room = relay.hub.room(owner.grant.playground);
  const member: Member = {
    peer: owner.peer,
    link: owner.grant.link,
    close: (why) => endTunnel(link, why, limits.retryAfterMs),
  };
  const link: Link = openTunnel(relay, socket, owner, {
    maxStreams: limits.streamsPerHost,
    // Only a tab that speaks our protocol takes the place of one that serves.
    onHello: () => room.setHost(host),
    onStream: (stream) => {
      refuseStream(relay, stream, 'refused', 'a host opens no streams towards the relay');
    },
    onClosed: () => {
      room.removeHost(host);
      room.leave(member);
    },
  });
  const host = new Host(link);
  const joined = room.join(member);
  if (joined === 'revoked') endTunnel(link, 'revoked', limits.retryAfterMs);
  if (joined === 'full') link.close({ code: 'busy', text: 'This playground is full.' });
}
