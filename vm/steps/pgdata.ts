import { chown, copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runInRoot } from '../build/chroot';
import { vm } from '../build/paths';
import { run } from '../build/run';
import { SOURCE_DATE_EPOCH } from '../build/settings';
import type { Output, Step } from '../build/step';

/** File of the step's output: the cluster, as init unpacks it below /var/lib/postgresql. */
export const PGDATA_ARCHIVE = 'pgdata.tar';

/** User and group postgres of vm/guest/etc/passwd. */
const POSTGRES_ID = 999;

const INITDB = [
  ...['-D /var/lib/postgresql/17/main', '-U postgres', '--wal-segsize=1', '--encoding=UTF8'],
  ...['--locale=C.UTF-8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ...['--auth=trust', '--no-sync', '--no-instructions', '--text-search-config=english'],
];

/**
 * Makes the first database cluster. A 64-bit kernel runs the i386 server natively, in seconds instead of the minutes
 * it would take in the emulator.
 */
export function pgdataStep(tree: Output): Step {
  const settings = ['postgresql.conf', 'pg_hba.conf'];
  const scripts = ['bootstrap.sql', 'databases.sql'];
  return {
    name: 'pgdata',
    title: 'Making the first database cluster',
    files: [vm('steps/pgdata.ts'), ...[...settings, ...scripts].map((name) => vm('guest', name))],
    inputs: [tree.key],
    async work({ out, log }) {
      const data = path.join(out, 'data');
      const work = path.join(out, 'work');
      await mkdir(data);
      await mkdir(path.join(work, 'run'), { recursive: true });
      await chown(data, POSTGRES_ID, POSTGRES_ID);
      await chown(path.join(work, 'run'), POSTGRES_ID, POSTGRES_ID);
      for (const name of [...settings, ...scripts]) {
        await copyFile(vm('guest', name), path.join(work, name));
      }
      await writeFile(path.join(work, 'make.sh'), makeCluster(settings, scripts));
      await runInRoot(tree.path, ['/bin/sh', '-e', '/tmp/make.sh'], {
        log,
        mounts: [
          { from: data, to: '/var/lib/postgresql' },
          { from: work, to: '/tmp' },
          { from: path.join(work, 'run'), to: '/run' },
        ],
      });
      const archive = path.join(out, PGDATA_ARCHIVE);
      await run(
        'tar',
        [
          ...['--create', `--file=${archive}`, '--format=ustar', '--sort=name', '--numeric-owner'],
          ...[`--mtime=@${SOURCE_DATE_EPOCH}`, '-C', data, '.'],
        ],
        { log },
      );
      await rm(data, { recursive: true });
      await rm(work, { recursive: true });
    },
  };
}

function makeCluster(settings: readonly string[], scripts: readonly string[]): string {
  const bin = '/usr/lib/postgresql/17/bin';
  const data = '/var/lib/postgresql/17/main';
  const asPostgres = (command: string) => `su -s /bin/sh postgres -c "cd /; ${command}"`;
  const control = (verb: string) =>
    asPostgres(
      `${bin}/pg_ctl -D ${data} -w -s -l /run/log -o '-c log_min_messages=warning' ${verb}`,
    );
  return [
    'mkdir -p /var/lib/postgresql/17; chown postgres:postgres /var/lib/postgresql/17',
    asPostgres(`${bin}/initdb ${INITDB.join(' ')}`),
    `cp ${settings.map((name) => `/tmp/${name}`).join(' ')} ${data}/`,
    'mkdir -p /run/postgresql; chown postgres:postgres /run/postgresql',
    `${control('start')} || { cat /run/log; exit 1; }`,
    ...scripts.map(
      (name) =>
        `${bin}/psql -X -q -v ON_ERROR_STOP=1 -h /run/postgresql -U postgres -d template1 -f /tmp/${name}`,
    ),
    control('stop -m fast'),
    // One fresh segment of WAL instead of those that building the cluster went through.
    asPostgres(`${bin}/pg_resetwal ${data}`),
    '',
  ].join('\n');
}
