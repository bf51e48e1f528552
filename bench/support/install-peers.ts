import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const BENCH = fileURLToPath(new URL('..', import.meta.url));

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Installs the peers at exactly the versions of bench/package.json, unless they are there. */
export async function installPeers(): Promise<void> {
  const { dependencies } = await readManifest('package.json');
  const present = await Promise.all(
    Object.entries(dependencies).map(async ([name, version]) => {
      const found = await readManifest(`node_modules/${name}/package.json`).catch(() => undefined);
      return found?.version === version;
    }),
  );
  if (present.every((isThere) => isThere)) return;
  // Not `npm ci`: see scripts/steps/packages.mjs. This keeps to the lockfile too.
  const npm = spawn(
    'npm',
    ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'],
    {
      cwd: BENCH,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' },
    },
  );
  const [code] = await once(npm, 'exit');
  if (code !== 0) throw new Error(`npm install in bench/ ended with ${code}`);
}

async function readManifest(file: string): Promise<Manifest> {
  return JSON.parse(await readFile(`${BENCH}${file}`, 'utf8')) as Manifest;
}
