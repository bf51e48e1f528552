import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writtenFiles } from './files.mjs';

/** Tests and their helpers are part of no build. */
const OF_TESTS = /\.test\.tsx?$|\/testing[-/.]/;

/**
 * A hash over the names and contents of files, and over whatever else decides what a build gives.
 * @param {string} root
 * @param {readonly string[]} paths files and folders; the tests in them don't count
 * @param {readonly string[]} [settings]
 */
export function hashInputs(root, paths, settings = []) {
  const hash = createHash('sha256');
  for (const setting of settings) hash.update(`${setting}\0`);
  for (const file of writtenFiles(root, paths)) {
    if (OF_TESTS.test(file)) continue;
    const content = readFileSync(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * Does work only when its inputs changed or an output is gone. While it works there is no stamp,
 * so that what an interrupted build left behind is never taken for its result.
 * @param {object} task
 * @param {string} task.stamp path of the file that remembers the inputs of the last success
 * @param {string} task.hash
 * @param {readonly string[]} task.outputs absolute paths that have to exist
 * @param {() => Promise<unknown>} task.work
 * @returns {Promise<boolean>} whether it worked
 */
export async function unlessUnchanged({ stamp, hash, outputs, work }) {
  if (readStamp(stamp) === hash && outputs.every((output) => existsSync(output))) return false;
  rmSync(stamp, { force: true });
  await work();
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, `${hash}\n`);
  return true;
}

/** @param {string} stamp */
export function readStamp(stamp) {
  return existsSync(stamp) ? readFileSync(stamp, 'utf8').trim() : undefined;
}
