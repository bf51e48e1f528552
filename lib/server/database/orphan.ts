import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Cluster, connectionOf, socketPathOf } from './cluster';
import { DatabaseError } from './errors';
import { isOwned } from './ownership';

/** A fast shutdown writes one checkpoint. */
const STOP_TIMEOUT_MS = 8_000;

/**
 * A server killed outright leaves its PostgreSQL running, or a postmaster.pid whose number may by now belong to
 * something else. The former is stopped if nobody owns it, the latter removed.
 */
export async function endOrphan(cluster: Cluster): Promise<void> {
  const pidPath = path.join(cluster.data, 'postmaster.pid');
  const pid = Number((await readFile(pidPath, 'utf8').catch(() => '')).split('\n')[0]);
  if (!(pid > 0)) return;
  if (!(await isPostmaster(pid))) {
    await rm(pidPath, { force: true });
    await rm(`${socketPathOf(cluster)}.lock`, { force: true });
    return;
  }
  if (await isOwned(connectionOf(cluster))) {
    throw new DatabaseError(
      'embedded-in-use',
      `Another process serves from ${path.dirname(cluster.root)}. Stop it first, or choose another DATA_DIR.`,
    );
  }
  process.kill(pid, 'SIGINT');
  await untilGone(pid);
}

async function isPostmaster(pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return commandLine.includes('postgres');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function untilGone(pid: number): Promise<void> {
  const pollMs = 20; // no event tells of the end of a process that is not our child
  for (let waited = 0; isAlive(pid); waited += pollMs) {
    if (waited > STOP_TIMEOUT_MS) {
      throw new DatabaseError(
        'embedded-in-use',
        `A PostgreSQL of an earlier start (process ${pid}) does not end. Stop it by hand.`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
