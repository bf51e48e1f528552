import net from 'node:net';
import WebSocket from 'ws';
import { Link } from '../../lib/mux/link';
import { type Metadata, metadataValue } from '../../lib/mux/metadata';
import { splice } from '../../lib/mux/pipe';
import type { Reason } from '../../lib/mux/reason';
import type { IncomingStream } from '../../lib/mux/stream';
import { webSocketTransport } from '../../lib/mux/websocket';
import { LIMITS } from '../limits';
import { SocketDuplex } from '../postgres/socket-duplex';
import type { TestLink, TestPlayground, TestRelay } from './test-relay';

/** What a page's end of a tunnel has heard. */
export interface Farewell {
  readonly reason: Reason;
  readonly retryAfterMs: number;
}

/** The tab's end of a tunnel, over a real WebSocket. */
export class TestTunnel {
  readonly link: Link;
  readonly socket: WebSocket;
  /** Resolves at the relay's HELLO. */
  readonly greeted: Promise<void>;
  readonly closed: Promise<Reason>;
  /** The WebSocket's close code. */
  readonly closeCode: Promise<number>;
  farewell: Farewell | undefined;

  private constructor(socket: WebSocket, onStream?: (stream: IncomingStream) => void) {
    this.socket = socket;
    let greet: () => void = () => {};
    let close: (reason: Reason) => void = () => {};
    this.greeted = new Promise((resolve) => {
      greet = resolve;
    });
    this.closed = new Promise((resolve) => {
      close = resolve;
    });
    this.closeCode = new Promise((resolve) => socket.once('close', resolve));
    this.link = new Link(webSocketTransport(socket), {
      role: 'client',
      window: LIMITS.windowBytes,
      onHello: () => greet(),
      onStream,
      onGoodbye: (reason, retryAfterMs) => {
        this.farewell = { reason, retryAfterMs };
      },
      onClosed: (reason) => close(reason),
    });
  }

  static async open(
    relay: TestRelay,
    playground: TestPlayground,
    link: TestLink,
    as: 'host' | 'peer',
    onStream?: (stream: IncomingStream) => void,
  ): Promise<TestTunnel> {
    const ticket = await relay.ticket(playground, link, as);
    const tunnel = TestTunnel.dial(relay, ticket, as, onStream);
    await tunnel.greeted;
    return tunnel;
  }

  /** Without waiting for the relay's HELLO, which may never come. */
  static dial(
    relay: TestRelay,
    ticket: string,
    as: 'host' | 'peer',
    onStream?: (stream: IncomingStream) => void,
  ): TestTunnel {
    const protocols = ['warren.mux.1', `ticket.${ticket}`];
    const socket = new WebSocket(`${relay.webSocketUrl}/relay/${as}`, protocols);
    return new TestTunnel(socket, onStream);
  }
}

/** A tab that hosts: passes each `pg` stream to a real PostgreSQL's unix socket. */
export class TestHost {
  readonly tunnel: TestTunnel;
  /** The metadata of the streams the relay has opened. */
  readonly opened: Metadata[];

  private constructor(tunnel: TestTunnel, opened: Metadata[]) {
    this.tunnel = tunnel;
    this.opened = opened;
  }

  static async connect(
    relay: TestRelay,
    playground: TestPlayground,
    socketPath: string,
    link = playground.owner,
  ): Promise<TestHost> {
    const opened: Metadata[] = [];
    const tunnel = await TestTunnel.open(relay, playground, link, 'host', (stream) => {
      opened.push(stream.metadata);
      joinPostgres(stream, socketPath);
    });
    return new TestHost(tunnel, opened);
  }

  /** As when a laptop is shut: no goodbye. */
  vanish(): void {
    this.tunnel.socket.terminate();
  }

  leave(): void {
    this.tunnel.link.close({ code: 'ok', text: 'the page closed' });
  }
}

/** What the agent in the machine does with a `pg` stream. */
function joinPostgres(stream: IncomingStream, socketPath: string): void {
  if (metadataValue(stream.metadata, 'kind') !== 'pg') {
    stream.reset('unknown-kind');
    return;
  }
  const socket = net.connect({ path: socketPath, allowHalfOpen: true });
  const refuse = () => stream.reset('unreachable', 'PostgreSQL does not answer');
  socket.once('error', refuse);
  socket.once('connect', () => {
    socket.off('error', refuse);
    stream.accept();
    splice(stream, new SocketDuplex(socket, LIMITS));
  });
}
