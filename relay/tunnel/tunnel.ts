import type { WebSocket } from 'ws';
import { Link } from '../../lib/mux/link';
import type { Reason, ReasonCode } from '../../lib/mux/reason';
import type { IncomingStream } from '../../lib/mux/stream';
import { webSocketTransport } from '../../lib/mux/websocket';
import type { Relay } from '../relay';
import { watchFaults } from '../websocket/faults';
import type { Visitor } from '../websocket/visitor';
import { countBroken } from './faults';
import { keepAlive } from './heartbeat';
import type { MemberEnd } from './room';

export interface TunnelEvents {
  readonly maxStreams: number;
  onHello(): void;
  onStream(stream: IncomingStream): void;
  onClosed(reason: Reason): void;
}

/** How the relay's own reasons to end a tunnel are told to the page. None is tried again but the last. */
const ENDS: Readonly<Record<MemberEnd, Reason>> = {
  revoked: { code: 'revoked', text: 'The owner of the playground revoked this link.' },
  disconnected: { code: 'revoked', text: 'The owner of the playground disconnected you.' },
  'shutting-down': { code: 'shutting-down', text: 'The server is restarting.' },
};

/** A link over a WebSocket: greeted in time, kept alive, limited and counted. */
export function openTunnel(
  relay: Relay,
  socket: WebSocket,
  { grant, log }: Visitor,
  events: TunnelEvents,
): Link {
  const { limits, metrics } = relay;
  const { as } = grant;
  let greeted = false;

  watchFaults(socket, metrics, log);
  socket.on('message', (_data, isBinary) => {
    if (!isBinary) metrics.rejects.inc({ at: 'websocket', code: 'text-frame' });
  });

  const link: Link = new Link(webSocketTransport(socket), {
    role: 'server',
    window: limits.windowBytes,
    // One more than the limit: the offer above it comes to `onStream`, is refused there and counted.
    maxStreams: events.maxStreams + 1,
    onHello: () => {
      greeted = true;
      clearTimeout(helloTimer);
      events.onHello();
    },
    onStream: (stream) => {
      if (link.streamCount <= events.maxStreams) events.onStream(stream);
      else refuseStream(relay, stream, 'too-many-streams', `${events.maxStreams} streams are open`);
    },
    onClosed: (reason) => {
      clearTimeout(helloTimer);
      stopPings();
      metrics.tunnels.dec({ as });
      metrics.tunnelsClosed.inc({ as, reason: reason.code });
      countBroken(metrics, reason);
      relay.traffic.remove(link);
      log.info({ reason: reason.code, text: reason.text, greeted }, 'tunnel closed');
      events.onClosed(reason);
    },
    onFault: (error) => log.error({ err: error }, 'a stream failed'),
  });
  metrics.tunnels.inc({ as });
  relay.traffic.add(link, as);
  const helloTimer = setTimeout(
    () => link.close({ code: 'timeout', text: 'no HELLO in time' }),
    limits.helloTimeoutMs,
  );
  const stopPings = keepAlive(link, limits);
  return link;
}

/** Ends a tunnel and tells the page why; on a restart also when to come back. */
export function endTunnel(link: Link, why: MemberEnd, retryAfterMs: number): void {
  const reason = ENDS[why];
  if (why === 'shutting-down') link.goodbye(reason.code, reason.text, retryAfterMs);
  link.close(reason);
}

/** Refuses an offered stream and counts it. */
export function refuseStream(
  { metrics }: Relay,
  stream: IncomingStream,
  code: ReasonCode,
  text: string,
): void {
  metrics.rejects.inc({ at: 'mux', code });
  stream.reset(code, text);
}
