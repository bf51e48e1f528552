import type { Peer } from '../../lib/machine/types';
import type { Visitor } from '../websocket/visitor';

/** A visitor as the others are told of it. */
export function peerOf({ id, grant, address, client }: Visitor, via: Peer['via']): Peer {
  return { id, role: grant.role, via, address, client, connectedAt: Date.now() };
}
