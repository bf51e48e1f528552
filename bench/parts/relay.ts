import type { Credentials } from '../../lib/machine/types';
import type { Duplex } from '../../lib/mux/duplex';
import { connectClient, type PgClient } from '../../lib/postgres/client';
import type { ByteHostMethods } from '../relay/byte-host-child';
import { idleTunnels } from '../relay/idle-tunnels';
import { openTunnel } from '../relay/open-tunnel';
import { peakRssMb } from '../relay/sample-rss';
import { connectPort, connectPortTls } from '../relay/socket-stream';
import type { TcpProxyMethods } from '../relay/tcp-proxy-child';
import { download, echoWhile, stallReader, upload } from '../relay/traffic';
import type { Subject } from '../report/subjects';
import { CallableChild } from '../support/child';
import { type Cleanup, withCleanup } from '../support/cleanup';
import { rssMb } from '../support/memory';
import { WarrenServer } from '../support/warren-server';
import type { Part, PartContext } from './part';

/** A way for bytes between the host and a client: a fresh connection each time. */
interface Route {
  readonly subject: Subject;
  connect(): Promise<PgClient>;
}

/** The relay between a host without a machine and clients, beside a plain TCP proxy in the same place. */
export const relay: Part = async (context) => {
  for (let round = 1; round <= context.plan.relayRounds; round++) {
    await withCleanup((cleanup) => runRound(context, cleanup, round));
  }
};

async function runRound(context: PartContext, cleanup: Cleanup, round: number): Promise<void> {
  const server = await WarrenServer.start('relay', cleanup);
  // First, while the process is as it started: freed memory of other work would hide the growth.
  await measureIdle(context, server, round);

  const host = new CallableChild<ByteHostMethods>(
    new URL('../relay/byte-host-child.ts', import.meta.url),
  );
  cleanup.add(() => host.stop());
  const credentials = await server.createPlayground();
  await host.call('host', { url: server.url, credentials });

  const routes = await makeRoutes(server, credentials, host, cleanup);
  for (const route of routes) await measureTraffic(context, route, round);
  const [port] = routes;
  if (port) await measureStalled(context, server.pid, host, port, round);
}

async function makeRoutes(
  server: WarrenServer,
  credentials: Credentials,
  host: CallableChild<ByteHostMethods>,
  cleanup: Cleanup,
): Promise<Route[]> {
  const tunnel = await openTunnel({ url: server.url, credentials, as: 'peer' });
  cleanup.add(() => tunnel.close());
  const proxy = new CallableChild<TcpProxyMethods>(
    new URL('../relay/tcp-proxy-child.ts', import.meta.url),
  );
  cleanup.add(() => proxy.stop());
  const proxyPort = await proxy.call('listen', await host.call('listen'));
  const logIn = (duplex: Duplex) =>
    connectClient(duplex, {
      user: `${credentials.link}.${credentials.playground}`,
      password: credentials.secret,
      database: 'postgres',
    });
  return [
    { subject: 'relay-port', connect: async () => logIn(await connectPort(server.pgPort)) },
    { subject: 'relay-port-tls', connect: async () => logIn(await connectPortTls(server.pgPort)) },
    { subject: 'relay-peer', connect: () => logIn(tunnel.link.open([['kind', 'pg']])) },
    { subject: 'tcp-proxy', connect: async () => logIn(await connectPort(proxyPort)) },
  ];
}

/** Bulk in one direction, then in the other; beside the first, another connection echoes. */
async function measureTraffic(
  { plan, record }: PartContext,
  { subject, connect }: Route,
  round: number,
): Promise<void> {
  const [bulk, echo] = await Promise.all([connect(), connect()]);
  try {
    await download(bulk, plan.relayBytes / 10);
    const downloading = download(bulk, plan.relayBytes);
    const { p50, p99 } = await echoWhile(echo, downloading);
    record(subject, round, { metric: 'relay.down', value: await downloading });
    record(subject, round, { metric: 'relay.echo.p50', value: p50 });
    record(subject, round, { metric: 'relay.echo.p99', value: p99 });
    record(subject, round, { metric: 'relay.up', value: await upload(bulk, plan.relayBytes) });
  } finally {
    bulk.destroy();
    echo.destroy();
  }
}

/** How much more memory the same download takes while another reader of the same tunnel has stopped. */
async function measureStalled(
  { plan, record }: PartContext,
  pid: number,
  host: CallableChild<ByteHostMethods>,
  { subject, connect }: Route,
  round: number,
): Promise<void> {
  const [stalled, beside] = await Promise.all([connect(), connect()]);
  try {
    const without = await peakRssMb(pid, download(beside, plan.stalledBytes));
    await stallReader(stalled, plan.stalledBytes);
    const withStalled = await peakRssMb(pid, download(beside, plan.stalledBytes));
    const left = await host.call('leftToSend');
    const value = Math.max(0, withStalled - without);
    record(subject, round, { metric: 'relay.stalled', value });
    const taken = (plan.stalledBytes - left) / 1e6;
    record(subject, round, { metric: 'relay.stalledBytes', value: taken });
  } finally {
    stalled.destroy();
    beside.destroy();
  }
}

async function measureIdle(
  { plan, record }: PartContext,
  server: WarrenServer,
  round: number,
): Promise<void> {
  const before = await rssMb(server.pid);
  const tunnels = await idleTunnels(server, plan.idleTunnels);
  try {
    const value = (await rssMb(server.pid)) - before;
    record('relay-peer', round, { metric: 'relay.idle', value });
  } finally {
    await tunnels.close();
  }
}
