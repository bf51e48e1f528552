import { readFile } from 'node:fs/promises';

/** MB of memory a process has for itself, shared pages counted by their share. */
export async function pssMb(pid: number): Promise<number> {
  return field(await readFile(`/proc/${pid}/smaps_rollup`, 'latin1'), 'Pss');
}

/** MB of memory a process holds resident. */
export async function rssMb(pid: number): Promise<number> {
  return field(await readFile(`/proc/${pid}/status`, 'latin1'), 'VmRSS');
}

function field(text: string, name: string): number {
  const kibibytes = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1];
  if (kibibytes === undefined) throw new Error(`no ${name} in /proc`);
  return (Number(kibibytes) * 1024) / 1e6;
}
