import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import path from 'node:path';

/** The present output and one to go back to. */
const KEPT_OUTPUTS = 2;

/**
 * Makes a folder, or takes it from a shelf that all clones on the machine share, if one of them made it of the
 * same inputs.
 * @param {object} task
 * @param {string} task.shelf the folder of such outputs
 * @param {string} task.hash of everything that decides the output
 * @param {string} task.folder the output
 * @param {readonly string[]} task.leaveOut entries of the output that are of no use elsewhere
 * @param {() => Promise<unknown>} task.work makes the output
 * @returns {Promise<boolean>} whether it worked
 */
export async function fromShelf({ shelf, hash, folder, leaveOut, work }) {
  const kept = path.join(shelf, hash);
  if (existsSync(kept)) {
    utimesSync(kept, new Date(), new Date());
    rmSync(folder, { recursive: true, force: true });
    cpSync(kept, folder, { recursive: true });
    return false;
  }
  await work();
  // Copied beside its place and renamed, so that nobody takes half of it.
  const partial = `${kept}.${process.pid}`;
  const unwanted = leaveOut.map((entry) => path.join(folder, entry));
  mkdirSync(shelf, { recursive: true });
  cpSync(folder, partial, { recursive: true, filter: (source) => !unwanted.includes(source) });
  // Another clone may have been faster with the same.
  if (existsSync(kept)) rmSync(partial, { recursive: true });
  else renameSync(partial, kept);
  clear(shelf);
  return true;
}

/**
 * Removes what was not used for longest.
 * @param {string} shelf
 */
function clear(shelf) {
  const used = (/** @type {string} */ name) => statSync(path.join(shelf, name)).mtimeMs;
  const names = readdirSync(shelf).sort((a, b) => used(b) - used(a));
  for (const name of names.slice(KEPT_OUTPUTS)) rmSync(path.join(shelf, name), { recursive: true });
}
