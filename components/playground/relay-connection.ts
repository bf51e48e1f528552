import { createPeer } from '@/lib/machine/peer';
import type { Backend, Credentials, Peer, RelayPeer, TunnelState } from '@/lib/machine/types';
import type { OutgoingStream } from '@/lib/mux/link';
import type { Metadata } from '@/lib/mux/metadata';
import { Cell, type Readable } from '../state/cell';

/** This page's connection to the relay: its handle, with what it reports as cells. */
export class RelayConnection {
  readonly tunnel: Readable<TunnelState>;
  readonly peers: Readable<readonly Peer[]>;
  readonly hostOnline: Readable<boolean>;
  readonly backend: Backend;
  private readonly peer: RelayPeer;

  constructor(credentials: Credentials) {
    const tunnel = new Cell<TunnelState>({ stage: 'off' });
    const peers = new Cell<readonly Peer[]>([]);
    const hostOnline = new Cell(false);
    this.peer = createPeer(credentials);
    this.peer.onTunnel((value) => tunnel.set(value));
    this.peer.onPeers((value) => peers.set(value));
    this.peer.onHostOnline((value) => hostOnline.set(value));
    this.backend = this.peer;
    this.tunnel = tunnel;
    this.peers = peers;
    this.hostOnline = hostOnline;
  }

  /** A terminal of the host's machine, or the list of them; reset with a reason where there is none. */
  openTerminal(metadata: Metadata): OutgoingStream {
    return this.peer.openTerminal(metadata);
  }

  disconnect(peer: string): void {
    this.peer.disconnect(peer);
  }

  dispose(): void {
    this.peer.dispose();
  }
}
