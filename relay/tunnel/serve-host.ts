import type { WebSocket } from 'ws';
import type { Link } from '../../lib/mux/link';
import type { Relay } from '../relay';
import type { Visitor } from '../websocket/visitor';
import { Host } from './host';
import { peerOf } from './peer';
import type { Member } from './room';
import { endTunnel, openTunnel, refuseStream } from './tunnel';

/** Serves the tunnel of a tab that runs a playground's machine: sessions are opened towards it. */
export function serveHost(relay: Relay, socket: WebSocket, visitor: Visitor): void {
  const { limits } = relay;
  const { grant } = visitor;
  const room = relay.hub.room(grant.playground);
  const member: Member = {
    peer: peerOf(visitor, 'host'),
    link: grant.link,
    close: (why) => endTunnel(link, why, limits.retryAfterMs),
  };
  const link: Link = openTunnel(relay, socket, visitor, {
    maxStreams: limits.streamsPerHost,
    // Only a tab that speaks our protocol takes the place of one that serves.
    onHello: () => {
      if (room.setHost(host)) return;
      relay.metrics.rejects.inc({ at: 'mux', code: 'host-online' });
      link.close({ code: 'refused', text: 'Another tab hosts this playground.' });
    },
    onStream: (stream) => {
      refuseStream(relay, stream, 'refused', 'a host opens no streams towards the relay');
    },
    onClosed: () => {
      room.removeHost(host);
      room.leave(member);
    },
  });
  const host = new Host(link, grant.role);
  const joined = room.join(member);
  if (joined === 'revoked') endTunnel(link, 'revoked', limits.retryAfterMs);
  if (joined === 'full') link.close({ code: 'busy', text: 'This playground is full.' });
}
