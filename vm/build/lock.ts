import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often a waiting build looks whether the other has finished. */
const RETRY_MS = 500;

/**
 * Runs `work` while holding the file `lock`, so that builds that share a cache take turns.
 * A lock whose process is gone is taken over.
 * @param onWait called once, with the process id of the holder, if there is a wait
 */
export async function withLock<T>(
  lock: string,
  onWait: (pid: number) => void,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(path.dirname(lock), { recursive: true });
  let told = false;
  while (!(await take(lock))) {
    const pid = Number(await readFile(lock, 'utf8').catch(() => ''));
    if (pid > 0 && !isAlive(pid)) {
      await rm(lock, { force: true });
      continue;
    }
    if (!told && pid > 0) {
      told = true;
      onWait(pid);
    }
    await sleep(RETRY_MS);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    const file = await open(lock, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
