import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const REPO = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Where outputs of steps, packages and images are kept between builds and between clones. */
export const CACHE = process.env.WARREN_CACHE ?? path.join(homedir(), '.cache', 'warren');

/** A path below vm/. */
export function vm(...parts: string[]): string {
  return path.join(REPO, 'vm', ...parts);
}
