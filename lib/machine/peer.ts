import type { Duplex } from '../mux/duplex';
import type { Link, OutgoingStream } from '../mux/link';
import { lostDuplex } from '../mux/lost';
import type { Metadata } from '../mux/metadata';
import type { Reason } from '../mux/reason';
import { ResetError } from '../mux/reset-error';
import { parsePresence } from './presence';
import { RelayLink } from './relay-link';
import { Topic } from './topic';
import type { Credentials, Peer, RelayPeer, TunnelState } from './types';

/** Joins a playground through the relay. Reconnects by itself until disposed or refused for good. */
export function createPeer(credentials: Credentials): RelayPeer {
  return new RelayPage(credentials, location.origin);
}

const NO_LINK: Reason = { code: 'link-lost', text: 'There is no connection to the server.' };

/** A page's connection to the relay; `base` is the origin of the server. */
class RelayPage implements RelayPeer {
  readonly #relay: RelayLink;
  readonly #tunnel = new Topic<TunnelState>({ stage: 'off' });
  readonly #peers = new Topic<readonly Peer[]>([]);
  readonly #hostOnline = new Topic<boolean>(false);
  #presence: OutgoingStream | undefined;

  constructor(credentials: Credentials, base: string) {
    this.#relay = new RelayLink({
      credentials,
      as: 'peer',
      base,
      events: {
        tunnel: (state) => {
          this.#tunnel.publish(state);
          if (state.stage !== 'open' && state.stage !== 'connecting') this.#peers.publish([]);
        },
        open: (link) => this.#watchPresence(link),
      },
    });
  }

  connect(): Duplex {
    return this.#relay.link?.open([['kind', 'pg']]) ?? lostDuplex(NO_LINK);
  }

  openTerminal(metadata: Metadata): OutgoingStream {
    return this.#relay.link?.open(metadata) ?? lostStream(NO_LINK);
  }

  disconnect(peer: string): void {
    this.#presence?.write(new TextEncoder().encode(`${JSON.stringify({ disconnect: peer })}\n`));
  }

  dispose(): void {
    this.#relay.dispose();
  }

  onTunnel(listener: (state: TunnelState) => void): () => void {
    return this.#tunnel.subscribe(listener);
  }

  onPeers(listener: (peers: readonly Peer[]) => void): () => void {
    return this.#peers.subscribe(listener);
  }

  onHostOnline(listener: (online: boolean) => void): () => void {
    return this.#hostOnline.subscribe(listener);
  }

  #watchPresence(link: Link): void {
    const stream = link.open([['kind', 'peers']]);
    this.#presence = stream;
    const decoder = new TextDecoder();
    let pending = '';
    stream.attach({
      data: (chunk) => {
        pending += decoder.decode(chunk, { stream: true });
        stream.consumed(chunk.length);
        const lines = pending.split('\n');
        pending = lines.pop() ?? '';
        for (const line of lines) {
          const presence = parsePresence(line);
          if (presence === undefined) continue;
          this.#hostOnline.publish(presence.hostOnline);
          this.#peers.publish(presence.peers);
        }
      },
      end: () => {},
      reset: () => {
        if (this.#presence === stream) this.#presence = undefined;
      },
      drain: () => {},
    });
  }
}

/** A stream that was reset before it was opened. */
function lostStream(reason: Reason): OutgoingStream {
  const accepted = Promise.reject(new ResetError(reason));
  accepted.catch(() => {}); // nobody has to wait for it
  return { ...lostDuplex(reason), accepted };
}
