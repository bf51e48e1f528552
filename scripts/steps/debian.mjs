import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BUILD_DIR } from './environment.mjs';
import { StepError, step } from './progress.mjs';
import { outcome, run } from './run.mjs';

/**
 * A file, mostly a program, and the Debian package it comes with.
 * @typedef {{ file: string, package: string }} Needed
 */

/** @type {readonly Needed[]} */
const FOR_TESTS = [
  { file: '/usr/bin/chromium', package: 'chromium' },
  { file: '/usr/bin/psql', package: 'postgresql-client' },
  // The guest's agent is compiled for this machine, with sanitizers.
  { file: '/usr/bin/gcc', package: 'gcc' },
  { file: '/usr/include/stdio.h', package: 'libc6-dev' },
  { file: '/usr/bin/make', package: 'make' },
  // A real S3 server: Ceph's object gateway, and the cluster it stands on.
  { file: '/usr/bin/radosgw', package: 'radosgw' },
  { file: '/usr/bin/ceph-mon', package: 'ceph-mon' },
  { file: '/usr/bin/ceph-osd', package: 'ceph-osd' },
];
/** Debian keeps each major version's programs in a folder of its own. */
const POSTGRES_HOMES = '/usr/lib/postgresql';

/** Brings what tests drive: a browser, psql, pgbench, a compiler, an S3 server. */
export async function installTestPrograms() {
  await installDebian('Debian packages for the tests', FOR_TESTS);
  await fetchPgbench();
}

/**
 * Installs what is missing, as root; anybody else is told what to run.
 * @param {string} name of the step
 * @param {readonly Needed[]} needed
 */
async function installDebian(name, needed) {
  const missing = needed.filter(({ file }) => !existsSync(file)).map((each) => each.package);
  if (missing.length === 0) return;
  const install = ['install', '--yes', '--no-install-recommends', ...missing];
  if (process.getuid?.() !== 0) {
    throw new StepError(
      `${name}: ${missing.join(', ')} missing. Install with\n\n  sudo apt-get update && sudo apt-get ${install.join(' ')}\n\nand start again.`,
    );
  }
  await step(name, async (tell) => {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '--quiet'], { output: 'kept', env });
    await run('apt-get', ['--quiet', ...install], { output: 'kept', env });
    tell(`${missing.join(', ')} installed`);
  });
}

/**
 * pgbench lies in Debian's server package, which would start a server. Only the program is taken out of it;
 * its libraries are those of psql.
 */
async function fetchPgbench() {
  const home = path.join(BUILD_DIR, 'bin');
  const program = path.join(home, 'pgbench');
  const majors = existsSync(POSTGRES_HOMES) ? readdirSync(POSTGRES_HOMES) : [];
  const isThere = (/** @type {string} */ major) =>
    existsSync(path.join(POSTGRES_HOMES, major, 'bin/pgbench'));
  if (existsSync(program) || majors.some(isThere)) return;
  await step('pgbench', async (tell) => {
    const { code, output } = await outcome('psql', ['--version'], { output: 'kept' });
    const major = /PostgreSQL\) (\d+)/.exec(output)?.[1];
    if (code !== 0 || !major) throw new StepError(`psql does not tell its version: ${output}`);
    const folder = mkdtempSync(path.join(tmpdir(), 'warren-pgbench-'));
    try {
      await run('apt-get', ['download', `postgresql-${major}`], { output: 'kept', cwd: folder });
      const [archive] = readdirSync(folder);
      if (!archive) throw new StepError(`apt-get brought no postgresql-${major}`);
      await run('dpkg-deb', ['--extract', archive, 'root'], { output: 'kept', cwd: folder });
      mkdirSync(home, { recursive: true });
      const inside = path.join('root', POSTGRES_HOMES, major, 'bin/pgbench');
      await run('cp', [path.join(folder, inside), `${program}.partial`]);
      renameSync(`${program}.partial`, program);
    } finally {
      rmSync(folder, { recursive: true });
    }
    tell(`taken from postgresql-${major}`);
  });
}
