import { execFile } from 'node:child_process';
import { chown, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './binaries';
import { type Cluster, SUPERUSER } from './cluster';
import { DatabaseError } from './errors';
import { spawnOptions } from './spawn-options';
import { commandAs, type SystemUser } from './system-user';

/** How much of what initdb says an error message quotes. */
const QUOTED_CHARACTERS = 2_000;

/** Runs initdb beside the final place, so that a half-made cluster is never taken for a whole one. */
export async function initialise(
  cluster: Cluster,
  auth: 'scram-sha-256' | 'trust',
  binaries: PostgresBinaries,
  user: SystemUser,
): Promise<void> {
  const unfinished = `${cluster.data}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const passwordFile = path.join(cluster.root, 'password.initdb');
  await writeFile(passwordFile, `${cluster.password}\n`, { mode: 0o600 });
  if (user.kind === 'other') await chown(passwordFile, user.uid, user.gid);
  const args = [
    `--pgdata=${unfinished}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    `--auth=${auth}`,
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--locale=C',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
  const command = await commandAs(user, binaries.initdb, args, [cluster.data]);
  try {
    await promisify(execFile)(command.program, [...command.args], spawnOptions(command, cluster));
  } catch (cause) {
    throw new DatabaseError(
      'embedded-init-failed',
      `The embedded PostgreSQL could not be set up in ${cluster.root}: ${messageOf(cause)}`,
      { cause },
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, cluster.data);
}

function messageOf(cause: unknown): string {
  const { stderr } = cause as { stderr?: unknown };
  if (typeof stderr === 'string' && stderr !== '') return stderr.slice(-QUOTED_CHARACTERS).trim();
  return cause instanceof Error ? cause.message : String(cause);
}
