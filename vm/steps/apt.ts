import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findDebianMirror, parseDeb822, parseOneLine, writeDeb822 } from '../build/apt-sources';
import { CACHE, vm } from '../build/paths';
import { CommandError, run } from '../build/run';
import { KEYRING, SUITE } from '../build/settings';
import type { Step } from '../build/step';

/** The machine's own list of archives; its mirror is used, whatever it is. */
const MACHINE_APT = '/etc/apt';

/**
 * apt for i386 with a state of its own, so that the machine's packages are neither read nor changed. Proxies and
 * credentials stay those of the machine, because its apt.conf.d is read first.
 */
export async function aptStep(stamp: string): Promise<Step> {
  const mirror = await machineMirror();
  return {
    name: 'apt',
    title: `Reading the package lists of ${SUITE} for i386`,
    files: [vm('steps/apt.ts'), vm('build/apt-sources.ts')],
    inputs: [mirror, SUITE, stamp],
    async work({ out, log }) {
      for (const folder of ['lists/partial', 'archives/partial', 'trusted', 'empty']) {
        await mkdir(path.join(out, folder), { recursive: true });
      }
      await writeFile(path.join(out, 'debian.sources'), writeDeb822(mirror, SUITE, KEYRING));
      await writeFile(path.join(out, 'status'), '');
      await run('apt-get', [...aptOptions(out), 'update'], { log });
    },
  };
}

/** Options that turn apt-get into one for i386 whose state lies in `folder`, the output of {@link aptStep}. */
export function aptOptions(folder: string): string[] {
  const settings = {
    'APT::Architecture': 'i386',
    'APT::Architectures': 'i386',
    'APT::Install-Recommends': 'false',
    'APT::Sandbox::User': 'root',
    'Acquire::Languages': 'none',
    'Debug::NoLocking': 'true',
    'Dir::Cache::archives': path.join(folder, 'archives'),
    'Dir::Cache::pkgcache': '',
    'Dir::Cache::srcpkgcache': '',
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': path.join(folder, 'empty'),
    'Dir::Etc::sourcelist': path.join(folder, 'debian.sources'),
    'Dir::Etc::sourceparts': path.join(folder, 'empty'),
    'Dir::State::lists': path.join(folder, 'lists'),
    'Dir::State::status': path.join(folder, 'status'),
  };
  return ['-q', ...Object.entries(settings).flatMap(([key, value]) => ['-o', `${key}=${value}`])];
}

/**
 * When the package lists were last asked to be read anew: builds go on with the packages of that day, so that the
 * same cache gives the same image, until `refresh` says otherwise.
 */
export async function refreshStamp(refresh: boolean): Promise<string> {
  const file = path.join(CACHE, 'refreshed');
  if (refresh) await writeFile(file, new Date().toISOString());
  return readFile(file, 'utf8').catch(() => '');
}

async function machineMirror(): Promise<string> {
  const parts = path.join(MACHINE_APT, 'sources.list.d');
  const names = await readdir(parts).catch(() => []);
  const files = [
    path.join(MACHINE_APT, 'sources.list'),
    ...names.sort().map((name) => path.join(parts, name)),
  ];
  const sources = [];
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => '');
    sources.push(...(file.endsWith('.sources') ? parseDeb822(text) : parseOneLine(text)));
  }
  const mirror = findDebianMirror(sources);
  if (mirror === undefined) {
    throw new CommandError(`No archive of Debian is configured in ${MACHINE_APT}.`);
  }
  return mirror;
}
