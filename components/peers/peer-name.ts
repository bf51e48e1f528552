import type { Peer } from '@/lib/machine/types';

const FALLBACKS: Record<Peer['via'], string> = {
  host: 'The host tab',
  page: 'A browser',
  postgres: 'A Postgres client',
};

/** What a peer is called: what it said of itself, else how it came. */
export function peerName({ client, via }: Pick<Peer, 'client' | 'via'>): string {
  return client === '' ? FALLBACKS[via] : client;
}

const WAYS: Record<Peer['via'], string> = {
  host: 'runs the database',
  page: 'in a page',
  postgres: 'over the Postgres port',
};

export function peerWay({ via }: Pick<Peer, 'via'>): string {
  return WAYS[via];
}

/** Hosts first, then in the order they came. */
export function sortedPeers(peers: readonly Peer[]): Peer[] {
  return peers.toSorted(
    (a, b) => Number(b.via === 'host') - Number(a.via === 'host') || a.connectedAt - b.connectedAt,
  );
}
