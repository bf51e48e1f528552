import { expect, test } from 'vitest';
import type { Peer } from '@/lib/machine/types';
import { peerName, sortedPeers } from './peer-name';

const peer = (id: string, via: Peer['via'], connectedAt: number): Peer => ({
  id,
  via,
  connectedAt,
  role: 'editor',
  address: '127.0.0.1',
  client: '',
});

test('a peer is called what it says it is, else how it came', () => {
  expect(peerName({ client: 'psql', via: 'postgres' })).toBe('psql');
  expect(peerName({ client: '', via: 'postgres' })).toBe('A Postgres client');
});

test('the host stands first, the others in the order they came', () => {
  const sorted = sortedPeers([
    peer('b', 'page', 2),
    peer('h', 'host', 3),
    peer('a', 'postgres', 1),
  ]);
  expect(sorted.map(({ id }) => id)).toEqual(['h', 'a', 'b']);
});
