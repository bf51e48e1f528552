import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout these scripts belong to, whatever folder they were called from. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What the scripts build, apart from what a browser is given. Ignored by git, safe to delete. */
export const BUILD_DIR = path.join(ROOT, '.build');

/** What clones on this machine share; vm/ keeps the image there. */
export const CACHE_DIR = process.env.WARREN_CACHE ?? path.join(homedir(), '.cache/warren');

/**
 * Tells every tool we start to keep to itself and to the machine, and where our own programs are found.
 * Set for this process too, because the server runs inside it.
 */
export function quietTools() {
  Object.assign(process.env, {
    NEXT_TELEMETRY_DISABLED: '1',
    CHECKPOINT_DISABLE: '1',
    DO_NOT_TRACK: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
  });
  process.env.PATH = [
    path.join(ROOT, 'node_modules/.bin'),
    path.join(BUILD_DIR, 'bin'),
    process.env.PATH,
  ].join(path.delimiter);
}
