import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { TicketBook } from '../lib/access/tickets';
import type { Config } from '../lib/server/config';
import { openDatabase } from '../lib/server/database/open';
import { createLog } from '../lib/server/log';
import { createMetrics } from '../lib/server/metrics';
import { openObjectStore } from '../lib/server/objects/open-store';
import { FailureThrottle } from './access/failure-throttle';
import { OpenLinks } from './access/open-links';
import { createHttpServer, type ServePages } from './http/server';
import { LIMITS, type Limits } from './limits';
import { Notebooks } from './notebook/notebooks';
import { createIngress, type Ingress } from './postgres/ingress';
import type { Relay } from './relay';
import { CancelKeys } from './session/cancel-keys';
import type { SnapshotKeeping } from './snapshots/keeping';
import { Sweeper } from './snapshots/sweeper';
import { Hub } from './tunnel/hub';
import { Traffic } from './tunnel/traffic';
import { createUpgrades, type Upgrades } from './websocket/upgrade';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** How long requests under way may take once the server stops. */
const ANSWER_MS = 2_000;

/** What serves the pages and, while developing, their own WebSockets. */
export interface Pages {
  readonly serve: ServePages;
  readonly upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  close(): Promise<void>;
}

export interface RunningRelay {
  /** `http://<host>:<port>` as it listens; `publicUrl` of the configuration may differ. */
  readonly url: string;
  readonly pgHost: string;
  readonly pgPort: number;
  readonly relay: Relay;
  /** Resolves when the embedded database ended by itself; the relay is of no use then. */
  readonly died: Promise<void>;
  /** Says goodbye to tunnels and sessions and stops everything. Idempotent. */
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly config: Config;
  /** Made once the server is about to listen; without it only API, WebSockets and Postgres are served. */
  readonly openPages?: (server: Server, root: string) => Promise<Pages>;
  /** Shortened by tests. */
  readonly limits?: Partial<Limits>;
  /** Milliseconds since 1970; only tests give it. */
  readonly now?: () => number;
}

/** Starts a relay: database first, then HTTP and WebSockets, then the Postgres port. */
export async function startRelay(options: StartOptions): Promise<RunningRelay> {
  const { config } = options;
  const limits = { ...LIMITS, ...options.limits };
  const log = createLog(config.logLevel);
  const metrics = createMetrics();
  const database = await openDatabase(config, log);
  const closing: (() => Promise<void>)[] = [() => database.close()];
  const closeAll = async () => {
    for (const close of closing.splice(0).reverse()) {
      await close().catch((error: unknown) => log.error({ err: error }, 'not closed cleanly'));
    }
  };
  try {
    const objects = await openObjectStore(config.objects, log);
    closing.push(async () => objects.close());
    const now = options.now ?? Date.now;
    const { prisma } = database;
    const { snapshots: settings } = config;
    const snapshots: SnapshotKeeping = { settings, limits, log, metrics, prisma, objects, now };
    const sweeper = new Sweeper(snapshots);
    closing.push(() => sweeper.stop());
    // Who shows a password has the longest way in, with a wait for the answer after it.
    const openLinks = new OpenLinks(limits.pgAuthenticationMs * 2);
    let listening = { httpPort: config.port, pgPort: config.pgPort };
    const relay: Relay = {
      config,
      limits,
      log,
      metrics,
      database,
      tickets: new TicketBook(now),
      throttle: new FailureThrottle(limits),
      openLinks,
      hub: new Hub(limits, openLinks),
      notebooks: new Notebooks({ limits, log, metrics, prisma }),
      snapshots,
      cancelKeys: new CancelKeys(),
      traffic: new Traffic(metrics),
      addresses: () => publicAddresses(config, listening),
    };
    const ingress: Ingress = await createIngress(relay);
    let pages: Pages | undefined;
    const server = createHttpServer(relay, ROOT, options.openPages && servePages(() => pages));
    const upgrades = createUpgrades(relay);
    routeUpgrades(server, upgrades, () => pages);
    if (options.openPages) {
      pages = await options.openPages(server, ROOT);
      closing.push(pages.close);
    }
    listening = { ...listening, pgPort: await ingress.listen(config.host, config.pgPort) };
    closing.push(() => ingress.close());
    listening = { ...listening, httpPort: await listen(server, config) };
    closing.push(() => closeServer(server));
    closing.push(async () => {
      relay.hub.closeAll('shutting-down');
      await Promise.all([relay.notebooks.close(), ingress.close()]);
      await upgrades.drained();
    });
    sweeper.start();
    const host = formatHost(config.host);
    return {
      url: `http://${host}:${listening.httpPort}`,
      pgHost: host,
      pgPort: listening.pgPort,
      relay,
      died: database.died,
      stop: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

function servePages(pages: () => Pages | undefined): ServePages {
  return async (request, response) => {
    await pages()?.serve(request, response);
  };
}

function routeUpgrades(server: Server, upgrades: Upgrades, pages: () => Pages | undefined): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (upgrades.take(request, socket, head)) return;
    const upgrade = pages()?.upgrade;
    if (upgrade) upgrade(request, socket, head);
    else upgrades.refuse(socket, 'path-unknown');
  });
}

async function listen(server: Server, { host, port }: Config): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  const timer = setTimeout(() => server.closeAllConnections(), ANSWER_MS);
  await closed;
  clearTimeout(timer);
}

function publicAddresses(config: Config, listening: { httpPort: number; pgPort: number }) {
  const host = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host;
  const publicUrl = config.publicUrl ?? `http://${formatHost(host)}:${listening.httpPort}`;
  const { hostname } = new URL(publicUrl);
  return {
    publicUrl,
    pgHost: config.pgPublicHost ?? hostname.replace(/^\[|\]$/g, ''),
    pgPort: config.pgPublicPort ?? listening.pgPort,
  };
}

/** An IPv6 address as it stands in a URL. */
function formatHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
