import type { Peer } from './types';

export interface Presence {
  readonly hostOnline: boolean;
  readonly peers: readonly Peer[];
}

/** Reads one line of a `peers` stream; undefined when it is not one. */
export function parsePresence(line: string): Presence | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { hostOnline, peers } = value as Record<string, unknown>;
  if (typeof hostOnline !== 'boolean' || !Array.isArray(peers) || !peers.every(isPeer)) {
    return undefined;
  }
  return { hostOnline, peers };
}

const ROLES: readonly unknown[] = ['owner', 'editor', 'viewer'] satisfies Peer['role'][];
const WAYS: readonly unknown[] = ['page', 'postgres', 'host'] satisfies Peer['via'][];

function isPeer(value: unknown): value is Peer {
  if (typeof value !== 'object' || value === null) return false;
  const peer = value as Record<string, unknown>;
  return (
    typeof peer.id === 'string' &&
    ROLES.includes(peer.role) &&
    WAYS.includes(peer.via) &&
    typeof peer.address === 'string' &&
    typeof peer.client === 'string' &&
    typeof peer.connectedAt === 'number'
  );
}
