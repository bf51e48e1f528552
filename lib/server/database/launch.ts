import { type ChildProcess, spawn } from 'node:child_process';
import type { Log } from '../log';
import type { PostgresBinaries } from './binaries';
import { type Cluster, SOCKET_PORT } from './cluster';
import { DatabaseError } from './errors';
import { spawnOptions } from './spawn-options';
import { commandAs, type SystemUser } from './system-user';

/** Recovery after a crash on a slow disk; a healthy start takes a fraction of a second. */
const START_TIMEOUT_MS = 60_000;
/** How much of PostgreSQL's own log an error message quotes. */
const LOG_TAIL_BYTES = 2_000;

/** Starts the server of a cluster; resolves when it takes connections. */
export async function launch(
  cluster: Cluster,
  options: { readonly log: Log; readonly settings?: Readonly<Record<string, string>> },
  binaries: PostgresBinaries,
  user: SystemUser,
): Promise<ChildProcess> {
  const settings = {
    listen_addresses: '',
    port: String(SOCKET_PORT),
    unix_socket_directories: cluster.sockets,
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const command = await commandAs(
    user,
    binaries.postgres,
    ['-D', cluster.data, ...flags],
    [cluster.data, cluster.sockets],
  );
  const child = spawn(command.program, [...command.args], {
    ...spawnOptions(command, cluster),
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own: Ctrl-C in a terminal is for us, who then stop it in order.
    detached: true,
  });
  await untilReady(child, options.log);
  return child;
}

async function untilReady(child: ChildProcess, log: Log): Promise<void> {
  let tail = '';
  await new Promise<void>((resolve, reject) => {
    const fail = (what: string) => {
      clearTimeout(timer);
      reject(
        new DatabaseError(
          'embedded-start-failed',
          `The embedded PostgreSQL ${what}. Its last words:\n${tail.trim()}`,
        ),
      );
    };
    const timer = setTimeout(() => {
      child.kill('SIGQUIT');
      fail(`was not ready after ${START_TIMEOUT_MS / 1000} s`);
    }, START_TIMEOUT_MS);
    child.once('error', (error) => fail(`could not be run (${error.message})`));
    child.once('exit', (code) => fail(`ended at once with code ${code ?? 'none'}`));
    child.stderr?.setEncoding('utf8');
    child.stderr?.on('data', (text: string) => {
      tail = (tail + text).slice(-LOG_TAIL_BYTES);
      log.debug({ postgres: text.trimEnd() }, 'embedded PostgreSQL');
      if (!tail.includes('database system is ready to accept connections')) return;
      clearTimeout(timer);
      resolve();
    });
  });
}
