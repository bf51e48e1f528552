import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import type { SystemUser } from './system-user';

/** `sun_path` of a unix socket holds 108 bytes with the final zero, and PostgreSQL adds a lock file's name. */
const SOCKET_PATH_MAX_BYTES = 100;
/** The port only names the socket file; nothing listens on TCP. */
export const SOCKET_PORT = 5432;

export const SUPERUSER = 'warren';

/** Where a cluster of ours keeps what. */
export interface Cluster {
  readonly root: string;
  readonly data: string;
  readonly sockets: string;
  /** Of the superuser, made by chance the first time. */
  readonly password: string;
}

/** Makes the folders of a cluster, where they are missing, and its password. */
export async function prepareCluster(root: string, user: SystemUser): Promise<Cluster> {
  const own = path.join(root, 'run');
  const fits = Buffer.byteLength(path.join(own, `.s.PGSQL.${SOCKET_PORT}.lock`));
  const digest = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const sockets = fits <= SOCKET_PATH_MAX_BYTES ? own : path.join(tmpdir(), `warren-${digest}`);
  // PostgreSQL's own user must be able to pass through the directory above, not to read it.
  await mkdir(path.dirname(root), { recursive: true, mode: 0o711 });
  for (const directory of [root, sockets]) {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await chmod(directory, 0o700);
    if (user.kind === 'other') await chown(directory, user.uid, user.gid);
  }
  const password = await ensurePassword(path.join(root, 'password'));
  return { root, data: path.join(root, 'data'), sockets, password };
}

async function ensurePassword(passwordPath: string): Promise<string> {
  const kept = await readFile(passwordPath, 'utf8').catch(() => undefined);
  if (kept !== undefined && kept.trim() !== '') return kept.trim();
  const password = randomBytes(24).toString('base64url');
  await writeFile(passwordPath, `${password}\n`, { mode: 0o600 });
  return password;
}

/** How `pg` reaches it. */
export function connectionOf({ sockets, password }: Cluster): pg.ClientConfig {
  return {
    host: sockets,
    port: SOCKET_PORT,
    user: SUPERUSER,
    password,
    database: 'postgres',
  };
}

export function socketPathOf({ sockets }: Cluster): string {
  return path.join(sockets, `.s.PGSQL.${SOCKET_PORT}`);
}
