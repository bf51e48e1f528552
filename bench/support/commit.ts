import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** The commit that is measured, with `-dirty` when files differ from it. */
export async function readCommit(): Promise<string> {
  const { stdout } = await run('git', ['describe', '--always', '--dirty', '--abbrev=10'], {
    cwd: ROOT,
  });
  return stdout.trim();
}
