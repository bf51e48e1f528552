'use client';

import type { Peer } from '@/lib/machine/types';
import type { RelayConnection } from '../playground/relay-connection';
import { useCell } from '../state/cell';
import { formatCount } from '../ui/format';
import { Panel } from '../ui/panel';
import { sortedPeers } from './peer-name';
import { PeerRow } from './peer-row';

const NOBODY: readonly Peer[] = [];
const OFF = { stage: 'off' } as const;

interface PeersPanelProps {
  relay: RelayConnection;
  /** Only the owner may cut others off. */
  mayDisconnect: boolean;
}

export function PeersPanel({ relay, mayDisconnect }: PeersPanelProps) {
  const peers = useCell(relay.peers, NOBODY);
  const tunnel = useCell(relay.tunnel, OFF);
  return (
    <Panel
      title="Peers"
      aside={
        peers.length > 0 && (
          <span className="text-[13px] text-muted">{formatCount(peers.length)}</span>
        )
      }
    >
      {peers.length === 0 ? (
        <p className="text-[13px] text-muted">
          {tunnel.stage === 'open'
            ? 'Nobody is connected yet. Share a link to invite someone.'
            : 'Not known while this page has no connection to the server.'}
        </p>
      ) : (
        <ul className="-mx-4 divide-y divide-line border-line border-t">
          {sortedPeers(peers).map((peer) => (
            <PeerRow
              key={peer.id}
              peer={peer}
              onDisconnect={
                mayDisconnect && peer.via !== 'host' ? () => relay.disconnect(peer.id) : undefined
              }
            />
          ))}
        </ul>
      )}
    </Panel>
  );
}
