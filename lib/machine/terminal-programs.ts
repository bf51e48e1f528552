import type { Role } from '../access/roles';
import type { TerminalOptions } from './terminal';

/** What runs in a terminal: the part of `TerminalOptions` that does not depend on the page. */
export type TerminalProgram = Pick<TerminalOptions, 'argv' | 'env' | 'cwd' | 'user'>;

/** Where the page's Files are in the machine, so that `\i` and `\copy` find them by name. */
const FOLDER = '/files';
const TERM = 'xterm-256color';

/** psql, connected as a role of the database. */
export function psqlAs(role: Exclude<Role, 'viewer'>): TerminalProgram {
  return {
    argv: ['psql'],
    env: {
      TERM,
      LANG: 'C.UTF-8',
      PGUSER: role,
      PGDATABASE: 'postgres',
      PAGER: 'less',
      // As /etc/profile has it in the shells: colours through, short answers without a page of their own.
      LESS: '-FRSX',
    },
    cwd: FOLDER,
    user: 'postgres',
  };
}

/** A login shell, in which psql and its kin connect as the owner. */
export function shellAs(user: 'postgres' | 'root'): TerminalProgram {
  const HOME = user === 'root' ? '/root' : '/var/lib/postgresql';
  return {
    argv: ['/bin/busybox', 'sh', '-l'],
    env: { TERM, HOME, PGUSER: 'owner', PGDATABASE: 'postgres' },
    cwd: FOLDER,
    user,
  };
}
