import { randomBytes } from 'node:crypto';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import type { TicketPurpose, TicketRecord } from '../../lib/access/tickets';
import { NOTEBOOK_PROTOCOL } from '../../lib/notebook/wire';
import { addressKey, addressOf } from '../address';
import { isOwnOrigin } from '../http/origin';
import { serveNotebook } from '../notebook/serve-notebook';
import { findLink } from '../playgrounds/find-link';
import type { Relay } from '../relay';
import { nameBrowser } from '../tunnel/client-name';
import { serveHost } from '../tunnel/serve-host';
import { servePeer } from '../tunnel/serve-peer';
import { UPGRADE_ERRORS, UpgradeError, type UpgradeErrorCode } from './errors';
import { Places } from './places';
import { MUX_PROTOCOL, type Offer, readOffer } from './subprotocols';
import type { Visitor } from './visitor';

/** The WebSockets of the relay. */
export interface Upgrades {
  /** Takes an upgrade of `/relay/*`; false when the address is somebody else's. */
  take(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Answers an upgrade that nobody takes. */
  refuse(socket: Duplex, code: UpgradeErrorCode): void;
  /** Resolves when the last WebSocket is closed. */
  drained(): Promise<void>;
}

/** What stands at an address below `/relay/`. */
interface Endpoint {
  readonly as: TicketPurpose;
  readonly protocol: string;
  readonly places: Places;
  readonly server: WebSocketServer;
  readonly serve: (relay: Relay, socket: WebSocket, visitor: Visitor) => void;
}

interface Admission {
  readonly endpoint: Endpoint;
  readonly grant: TicketRecord;
  readonly offer: Offer;
}

const PREFIX = '/relay/';

/** Opens WebSockets for those who show a ticket. */
export function createUpgrades(relay: Relay): Upgrades {
  const { metrics } = relay;
  const endpoints = createEndpoints(relay);
  let open = 0;
  let onDrained: () => void = () => {};

  const serve = (
    request: IncomingMessage,
    socket: WebSocket,
    { endpoint, grant, offer }: Admission,
  ) => {
    const address = addressOf(request, relay.config.trustProxyHops);
    const key = addressKey(address);
    open += 1;
    endpoint.places.take(key);
    socket.once('close', () => {
      open -= 1;
      endpoint.places.leave(key);
      if (open === 0) onDrained();
    });
    const id = randomBytes(9).toString('base64url');
    const { as, playground, role } = grant;
    const log = relay.log.child({ connection: id, playground, as });
    log.info({ role, address }, 'WebSocket opened');
    metrics.tickets.inc({ event: 'used', as });
    const client = nameBrowser(request.headers['user-agent']);
    endpoint.serve(relay, socket, { id, grant, address, client, tab: offer.tab, log });
  };

  const admit = async (request: IncomingMessage, path: string): Promise<Admission> => {
    const endpoint = endpoints.find(({ as }) => path === PREFIX + as);
    if (!endpoint) throw new UpgradeError('path-unknown');
    if (!isOwnOrigin(request, relay.addresses().publicUrl)) {
      throw new UpgradeError('origin-foreign');
    }
    const address = addressKey(addressOf(request, relay.config.trustProxyHops));
    if (endpoint.places.isFull(address)) throw new UpgradeError('too-many-connections');
    const { protocol, as } = endpoint;
    const offer = readOffer(request.headers['sec-websocket-protocol'], protocol);
    if (!offer) throw new UpgradeError('protocol-missing');
    const origin = request.headers.origin ?? '';
    const redeemed = relay.tickets.redeem(offer.ticket, { as, origin });
    if (!redeemed.ok) throw new UpgradeError(redeemed.code);
    const { playground, link } = redeemed.record;
    const stored = await findLink(relay.database.prisma, playground, link);
    if (!stored || stored.revoked) throw new UpgradeError('link-revoked');
    return { endpoint, grant: redeemed.record, offer };
  };

  return {
    take: (request, socket, head) => {
      const [path = ''] = (request.url ?? '').split('?');
      if (!path.startsWith(PREFIX)) return false;
      socket.on('error', () => socket.destroy());
      admit(request, path).then(
        (admission) =>
          admission.endpoint.server.handleUpgrade(request, socket, head, (ws) =>
            serve(request, ws, admission),
          ),
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

function createEndpoints(relay: Relay): readonly Endpoint[] {
  const { limits } = relay;
  const tunnels = {
    protocol: MUX_PROTOCOL,
    places: new Places(limits.tunnels, limits.tunnelsPerAddress),
    server: createServer(relay, MUX_PROTOCOL, limits.messageMaxBytes),
  };
  const notebooks = {
    protocol: NOTEBOOK_PROTOCOL,
    places: new Places(limits.notebookConnections, limits.notebookConnectionsPerAddress),
    server: createServer(relay, NOTEBOOK_PROTOCOL, limits.notebookMessageMaxBytes),
  };
  return [
    { as: 'host', ...tunnels, serve: serveHost },
    { as: 'peer', ...tunnels, serve: servePeer },
    { as: 'notebook', ...notebooks, serve: serveNotebook },
  ];
}

function createServer(relay: Relay, protocol: string, maxPayload: number): WebSocketServer {
  const options: ServerOptions & { closeTimeout: number } = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload,
    maxFragments: relay.limits.messageMaxFragments,
    closeTimeout: relay.limits.closeTimeoutMs,
    handleProtocols: () => protocol,
  };
  const server = new WebSocketServer(options);
  server.on('wsClientError', (error, socket) => {
    relay.log.debug({ err: error }, 'malformed WebSocket request');
    refuse(relay, socket, new UpgradeError('upgrade-malformed'));
  });
  return server;
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
