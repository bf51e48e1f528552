import type { ChildProcess } from 'node:child_process';
import { stat } from 'node:fs/promises';
import type pg from 'pg';
import type { Log } from '../log';
import { findEmbeddedBinaries } from './binaries';
import { connectionOf, prepareCluster, socketPathOf } from './cluster';
import { initialise } from './initialise';
import { launch } from './launch';
import { endOrphan } from './orphan';
import { takeOwnership } from './ownership';
import { findSystemUser } from './system-user';

/** A fast shutdown writes one checkpoint; then we stop asking nicely. */
const STOP_TIMEOUT_MS = 8_000;

export interface PostgresOptions {
  /** Everything of this cluster lies below this directory. */
  readonly directory: string;
  readonly log: Log;
  /** Who may connect over the socket: those with the password, or anybody who can open it. */
  readonly auth: 'scram-sha-256' | 'trust';
  readonly settings?: Readonly<Record<string, string>>;
}

/** A PostgreSQL server of our own on a unix socket. */
export interface PostgresProcess {
  readonly socketDirectory: string;
  readonly socketPath: string;
  /** How `pg` reaches it. */
  readonly connection: pg.ClientConfig;
  /** Resolves when the server ended without `stop`. */
  readonly died: Promise<void>;
  /** Fast shutdown; resolves when the process is gone. */
  stop(): Promise<void>;
}

/** Starts the cluster in `directory`, making it the first time, and takes over one that a crash left running. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresProcess> {
  const user = await findSystemUser();
  const cluster = await prepareCluster(options.directory, user);
  const binaries = await findEmbeddedBinaries();
  if (!(await exists(cluster.data))) await initialise(cluster, options.auth, binaries, user);
  await endOrphan(cluster);
  const child = await launch(cluster, options, binaries, user);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const connection = connectionOf(cluster);
  const owner = await takeOwnership(connection).catch(async (error: unknown) => {
    await stopChild(child, exited);
    throw error;
  });
  let isStopping = false;
  const died = new Promise<void>((resolve) => {
    void exited.then(() => {
      if (!isStopping) resolve();
    });
  });
  return {
    socketDirectory: cluster.sockets,
    socketPath: socketPathOf(cluster),
    connection,
    died,
    stop: async () => {
      isStopping = true;
      await owner.end().catch(() => undefined);
      await stopChild(child, exited);
    },
  };
}

async function stopChild(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGQUIT'), STOP_TIMEOUT_MS);
  await exited;
  clearTimeout(timer);
}

async function exists(target: string): Promise<boolean> {
  return await stat(target).then(
    () => true,
    () => false,
  );
}
