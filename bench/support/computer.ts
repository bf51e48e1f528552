import { readFile } from 'node:fs/promises';
import os from 'node:os';
import { chromiumVersion } from './browser';

/** What the figures were taken on. */
export interface Computer {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryMb: number;
  readonly system: string;
  readonly node: string;
  readonly chromium: string;
}

export async function describeComputer(): Promise<Computer> {
  const [release, chromium] = await Promise.all([
    readFile('/etc/os-release', 'utf8').catch(() => ''),
    chromiumVersion(),
  ]);
  const name = /^PRETTY_NAME="?([^"\n]+)/m.exec(release)?.[1] ?? os.type();
  return {
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.cpus().length,
    memoryMb: Math.round(os.totalmem() / 1e6),
    system: `${name}, Linux ${os.release()}`,
    node: process.version,
    chromium,
  };
}
