import type { WebSocket } from 'ws';
import type { Link } from '../../lib/mux/link';
import { metadataValue } from '../../lib/mux/metadata';
import type { Relay } from '../relay';
import { servePgStream } from './pg-stream';
import { servePresence } from './presence';
import type { Member, MemberEnd } from './room';
import { endTunnel, openTunnel, refuseStream, type TunnelOwner } from './tunnel';

/** Serves the tunnel of a page: its PostgreSQL sessions and what it wants to know of the others. */
export function servePeer(relay: Relay, socket: WebSocket, owner: TunnelOwner): void {
  const { limits } = relay;
  const { grant, peer } = owner;
  const room = relay.hub.room(grant.playground);
  const member: Member = {
    peer,
    link: grant.link,
    close: (why: MemberEnd) => endTunnel(link, why, limits.retryAfterMs),
  };
  const link: Link = openTunnel(relay, socket, owner, {
    maxStreams: limits.streamsPerPeer,
    onHello: () => undefined,
    onStream: (stream) => {
      const kind = metadataValue(stream.metadata, 'kind');
      if (kind === 'pg') {
        const actor = { via: 'page', peer: peer.id, link: grant.link, role: grant.role } as const;
        void servePgStream(relay, room, actor, stream);
      } else if (kind === 'peers') {
        servePresence(relay, room, grant.role, stream);
      } else {
        refuseStream(relay, stream, 'unknown-kind', 'a peer opens "pg" and "peers"');
      }
    },
    onClosed: () => room.leave(member),
  });
  const joined = room.join(member);
  if (joined === 'revoked') endTunnel(link, 'revoked', limits.retryAfterMs);
  if (joined === 'full') link.close({ code: 'busy', text: 'This playground is full.' });
}
