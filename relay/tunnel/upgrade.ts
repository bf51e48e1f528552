import { randomBytes } from 'node:crypto';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import type { TicketRecord } from '../../lib/access/tickets';
import { addressKey, addressOf } from '../address';
import { CountByKey } from '../count-by-key';
import { isOwnOrigin } from '../http/origin';
import { findLink } from '../playgrounds/find-link';
import type { Relay } from '../relay';
import { nameBrowser } from './client-name';
import { UPGRADE_ERRORS, UpgradeError, type UpgradeErrorCode } from './errors';
import { serveHost } from './serve-host';
import { servePeer } from './serve-peer';
import { MUX_PROTOCOL, readTicket } from './subprotocols';

/** The WebSockets of the relay. */
export interface Upgrades {
  /** Takes an upgrade of `/relay/*`; false when the address is somebody else's. */
  take(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Answers an upgrade that nobody takes. */
  refuse(socket: Duplex, code: UpgradeErrorCode): void;
  /** Resolves when the last WebSocket is closed. */
  drained(): Promise<void>;
}

const PREFIX = '/relay/';

/** Opens tunnels for those who show a ticket. */
export function createUpgrades(relay: Relay): Upgrades {
  const { limits, metrics } = relay;
  const perAddress = new CountByKey();
  let open = 0;
  let onDrained: () => void = () => {};
  const options: ServerOptions & { closeTimeout: number } = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.messageMaxBytes,
    maxFragments: limits.messageMaxFragments,
    closeTimeout: limits.closeTimeoutMs,
    handleProtocols: () => MUX_PROTOCOL,
  };
  const server = new WebSocketServer(options);
  server.on('wsClientError', (error, socket) => {
    relay.log.debug({ err: error }, 'malformed WebSocket request');
    refuse(relay, socket, new UpgradeError('upgrade-malformed'));
  });

  const serve = (request: IncomingMessage, socket: WebSocket, grant: TicketRecord) => {
    const address = addressOf(request, relay.config.trustProxyHops);
    const key = addressKey(address);
    open += 1;
    perAddress.add(key);
    socket.once('close', () => {
      open -= 1;
      perAddress.remove(key);
      if (open === 0) onDrained();
    });
    const id = randomBytes(9).toString('base64url');
    const { as, playground, role } = grant;
    const peer = {
      id,
      role,
      via: as === 'host' ? ('host' as const) : ('page' as const),
      address,
      client: nameBrowser(request.headers['user-agent']),
      connectedAt: Date.now(),
    };
    const log = relay.log.child({ tunnel: id, playground, as });
    log.info({ role, address }, 'tunnel opened');
    metrics.tickets.inc({ event: 'used', as });
    if (as === 'host') serveHost(relay, socket, { grant, peer, log });
    else servePeer(relay, socket, { grant, peer, log });
  };

  const admit = async (request: IncomingMessage, path: string): Promise<TicketRecord> => {
    const as = path.slice(PREFIX.length);
    if (as !== 'host' && as !== 'peer') throw new UpgradeError('path-unknown');
    if (!isOwnOrigin(request, relay.addresses().publicUrl)) {
      throw new UpgradeError('origin-foreign');
    }
    const address = addressKey(addressOf(request, relay.config.trustProxyHops));
    if (open >= limits.tunnels || perAddress.get(address) >= limits.tunnelsPerAddress) {
      throw new UpgradeError('too-many-tunnels');
    }
    const ticket = readTicket(request.headers['sec-websocket-protocol']);
    if (ticket === undefined) throw new UpgradeError('protocol-missing');
    const redeemed = relay.tickets.redeem(ticket, { as, origin: request.headers.origin ?? '' });
    if (!redeemed.ok) throw new UpgradeError(redeemed.code);
    const { playground, link } = redeemed.record;
    const stored = await findLink(relay.database.prisma, playground, link);
    if (!stored || stored.revoked) throw new UpgradeError('link-revoked');
    return redeemed.record;
  };

  return {
    take: (request, socket, head) => {
      const [path = ''] = (request.url ?? '').split('?');
      if (!path.startsWith(PREFIX)) return false;
      socket.on('error', () => socket.destroy());
      admit(request, path).then(
        (grant) => server.handleUpgrade(request, socket, head, (ws) => serve(request, ws, grant)),
        (error: unknown) => refuse(relay, socket, error),
      );
      return true;
    },
    refuse: (socket, code) => {
      socket.on('error', () => socket.destroy());
      refuse(relay, socket, new UpgradeError(code));
    },
    drained: async () => {
      if (open === 0) return;
      await new Promise<void>((resolve) => {
        onDrained = resolve;
      });
    },
  };
}

function refuse(relay: Relay, socket: Duplex, error: unknown): void {
  const isKnown = error instanceof UpgradeError;
  if (!isKnown) relay.log.error({ err: error }, 'upgrade failed');
  const { code } = isKnown ? error : new UpgradeError('unavailable');
  const [status, message] = UPGRADE_ERRORS[code];
  relay.metrics.rejects.inc({ at: 'websocket', code });
  const body = JSON.stringify({ error: { code, message } });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'connection: close',
    'content-type: application/json',
    'cache-control: no-store',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  socket.once('finish', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
