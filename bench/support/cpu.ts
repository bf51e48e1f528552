import { readFile } from 'node:fs/promises';

/** What Linux counts processor time in, on every machine Node runs on. */
const TICKS_PER_SECOND = 100;

/** Processor time a process has used so far, all its threads together, in ms. */
export async function cpuMs(pid: number): Promise<number> {
  return readCpuMs(await readFile(`/proc/${pid}/stat`, 'latin1'));
}

/** From the text of `/proc/<pid>/stat`: fields 14 and 15, utime and stime. */
export function readCpuMs(stat: string): number {
  // Field 2 is the program's name in parentheses, and may hold blanks and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  if (!Number.isFinite(ticks)) throw new Error('no processor time in /proc');
  return (1000 * ticks) / TICKS_PER_SECOND;
}
