import type { WebSocket } from 'ws';
import type { Link } from '../../lib/mux/link';
import { metadataValue } from '../../lib/mux/metadata';
import type { Relay } from '../relay';
import type { Visitor } from '../websocket/visitor';
import { peerOf } from './peer';
import { servePgStream } from './pg-stream';
import { servePresence } from './presence';
import type { Member, MemberEnd } from './room';
import { TerminalStreams } from './terminal-stream';
import { endTunnel, openTunnel, refuseStream } from './tunnel';

/** Serves the tunnel of a page: its PostgreSQL sessions, its terminals, and what it wants to know of the others. */
export function servePeer(relay: Relay, socket: WebSocket, visitor: Visitor): void {
  const { limits } = relay;
  const { grant } = visitor;
  const peer = peerOf(visitor, 'page');
  const room = relay.hub.room(grant.playground);
  const member: Member = {
    peer,
    link: grant.link,
    close: (why: MemberEnd) => endTunnel(link, why, limits.retryAfterMs),
  };
  const actor = { via: 'page', peer: peer.id, link: grant.link, role: grant.role } as const;
  const terminals = new TerminalStreams(relay, room, actor);
  const link: Link = openTunnel(relay, socket, visitor, {
    maxStreams: limits.streamsPerPeer,
    onHello: () => undefined,
    onStream: (stream) => {
      const kind = metadataValue(stream.metadata, 'kind');
      if (kind === 'pg') {
        void servePgStream(relay, room, actor, stream);
      } else if (kind === 'peers') {
        servePresence(relay, room, grant.role, stream);
      } else if (kind === 'pty' || kind === 'ptys') {
        terminals.serve(kind, stream);
      } else {
        const text = 'a peer opens "pg", "pty", "ptys" and "peers"';
        refuseStream(relay, stream, 'unknown-kind', text);
      }
    },
    onClosed: () => room.leave(member),
  });
  const joined = room.join(member);
  if (joined === 'revoked') endTunnel(link, 'revoked', limits.retryAfterMs);
  if (joined === 'full') link.close({ code: 'busy', text: 'This playground is full.' });
}
