import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findEmbeddedBinaries } from '../../server/database/binaries';
import { commandAs, findSystemUser } from '../../server/database/system-user';
import { connectClient, type PgClient } from '../client';
import type { ConnectOptions } from '../client-types';
import { SocketDuplex } from './socket-duplex';

const START_LIMIT_MS = 20_000;
const POLL_MS = 50;

/** A real PostgreSQL of a test's own, from npm, on a free port of loopback. */
export interface TestServer {
  readonly port: number;
  /** A fresh stream to it. */
  stream(): SocketDuplex;
  /** A session as the superuser `postgres`. */
  client(options?: Partial<ConnectOptions>): Promise<PgClient>;
  stop(): Promise<void>;
}

/** Everybody is trusted, but those whose name begins with `scram`. */
const HBA = `
host all /^scram 127.0.0.1/32 scram-sha-256
host all /^clear 127.0.0.1/32 password
host all all     127.0.0.1/32 trust
`;

export async function startPostgres(): Promise<TestServer> {
  const user = await findSystemUser();
  const { initdb, postgres } = await findEmbeddedBinaries();
  const folder = mkdtempSync(join(tmpdir(), 'warren-pg-'));
  const data = join(folder, 'data');
  if (user.kind === 'other') chownSync(folder, user.uid, user.gid);
  const start = async (program: string, args: string[]) => {
    const command = await commandAs(user, program, args, [data]);
    const { uid, gid } = command;
    return spawn(command.program, command.args, { cwd: folder, uid, gid, stdio: 'ignore' });
  };

  const flagsOfInitdb = ['-U', 'postgres', '-E', 'UTF8', '--locale=C', '--no-sync', '-A', 'trust'];
  await exit(await start(initdb, ['-D', data, ...flagsOfInitdb]));
  writeFileSync(join(data, 'pg_hba.conf'), HBA);
  const port = await freePort();
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = await start(postgres, ['-D', data, ...flags]);
  const stopNow = () => server.kill('SIGQUIT');
  process.once('exit', stopNow);

  const test: TestServer = {
    port,
    stream: () => new SocketDuplex(connect({ port, host: '127.0.0.1', allowHalfOpen: true })),
    client: (more) =>
      connectClient(test.stream(), { user: 'postgres', database: 'postgres', ...more }),
    stop: async () => {
      process.off('exit', stopNow);
      stopNow();
      if (server.exitCode === null) await exit(server).catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await answering(test);
  return test;
}

function exit(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${child.spawnfile} ended with ${code}`));
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

async function answering(server: TestServer): Promise<void> {
  const limit = Date.now() + START_LIMIT_MS;
  for (;;) {
    try {
      const client = await server.client();
      client.end();
      return;
    } catch (error) {
      if (Date.now() > limit) throw error;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
}
