import { execFile } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { DatabaseError } from './errors';

const run = promisify(execFile);

/** Whom PostgreSQL runs as: it refuses to run as root. */
export type SystemUser =
  | { readonly kind: 'self' }
  | { readonly kind: 'other'; readonly uid: number; readonly gid: number };

/** A program with its arguments, ready for `spawn`. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

/** The user PostgreSQL runs as: ourselves, or as root the user `postgres`, which is made if it is missing. */
export async function findSystemUser(): Promise<SystemUser> {
  if (process.getuid?.() !== 0) return { kind: 'self' };
  return await lookUp('postgres').catch(async () => {
    await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']).catch(
      (cause: unknown) => {
        throw new DatabaseError(
          'embedded-unavailable',
          'PostgreSQL does not run as root and the user "postgres" could not be made. ' +
            'Run this server as another user, or set DATABASE_URL.',
          { cause },
        );
      },
    );
    return await lookUp('postgres');
  });
}

async function lookUp(name: string): Promise<SystemUser> {
  const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
  return { kind: 'other', uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/**
 * The command under that user. A clone below a private directory such as /root or `mktemp -d` cannot be entered
 * by another user; there the program keeps root's one right to pass through directories.
 */
export async function commandAs(
  user: SystemUser,
  program: string,
  args: readonly string[],
  paths: readonly string[],
): Promise<Command> {
  if (user.kind === 'self') return { program, args };
  const reachable = await Promise.all([program, ...paths].map(isReachableByAll));
  if (reachable.every(Boolean)) return { program, args, uid: user.uid, gid: user.gid };
  const setpriv = '/usr/bin/setpriv';
  await access(setpriv, constants.X_OK).catch((cause: unknown) => {
    throw new DatabaseError(
      'embedded-unavailable',
      `PostgreSQL runs as the user "postgres", who cannot enter ${path.dirname(program)} or ` +
        `${paths[0] ?? ''}. Open the directories above them (chmod o+x), or set DATABASE_URL.`,
      { cause },
    );
  });
  const rights = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  const identity = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'];
  return { program: setpriv, args: [...identity, ...rights, '--', program, ...args] };
}

const SEARCH_BY_OTHERS = 0o001;

async function isReachableByAll(target: string): Promise<boolean> {
  for (let at = path.dirname(target); at !== path.dirname(at); at = path.dirname(at)) {
    const { mode } = await stat(at);
    if ((mode & SEARCH_BY_OTHERS) === 0) return false;
  }
  return true;
}
