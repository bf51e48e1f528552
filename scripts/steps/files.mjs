import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** What nobody wrote by hand, wherever it lies: installed, built, or a program's own notes. */
const MADE_NAMES = new Set(['.git', '.next', '.data', '.build', 'node_modules', 'next-env.d.ts']);
/** The same, by place. */
const MADE_PATHS = new Set([
  'public/vm',
  'public/machine',
  'lib/machine/assets.json',
  'app/head-start.json',
  'prisma/generated',
  'bench/results',
  'test-results',
  'playwright-report',
]);
/** Compilers' notes to themselves. */
const MADE_SUFFIX = '.tsbuildinfo';

/**
 * The written files at or below `paths`, relative to `root` with forward slashes, sorted. Missing paths count as empty.
 * @param {string} root
 * @param {readonly string[]} paths
 * @returns {string[]}
 */
export function writtenFiles(root, paths = ['.']) {
  /** @type {string[]} */
  const found = [];
  /** @param {string} relative */
  const visit = (relative) => {
    const absolute = path.join(root, relative);
    if (isMade(relative) || !existsSync(absolute)) return;
    if (statSync(absolute).isFile()) {
      found.push(relative);
      return;
    }
    for (const entry of readdirSync(absolute, { withFileTypes: true })) {
      if (entry.isFile() || entry.isDirectory()) visit(path.posix.join(relative, entry.name));
    }
  };
  for (const each of paths) visit(path.posix.normalize(each));
  return found.sort();
}

/** @param {string} file */
function isMade(file) {
  return MADE_NAMES.has(path.basename(file)) || MADE_PATHS.has(file) || file.endsWith(MADE_SUFFIX);
}
