import os from 'node:os';

/** What the computer does while the bench does nothing. */
export interface Quiet {
  /** Of the last minute; after the first part it holds our own work too. */
  readonly loadAverage: number;
  /** Cores in use by others over `WATCH_MS`. */
  readonly busyCores: number;
  readonly isQuiet: boolean;
}

/** Above this load average before the first part, figures say more about the neighbours than about us. */
const MAX_LOAD_AVERAGE = 1;
/** A desktop at rest uses less. */
const MAX_BUSY_CORES = 0.25;
const WATCH_MS = 1_000;

/** Looks at the load average and watches the processors for a second. */
export async function observeQuiet(options: { isFirst: boolean }): Promise<Quiet> {
  const before = cpuTimes();
  const startedAt = performance.now();
  await new Promise((resolve) => setTimeout(resolve, WATCH_MS));
  const busyMs = cpuTimes() - before;
  const busyCores = busyMs / (performance.now() - startedAt);
  const loadAverage = os.loadavg()[0] ?? 0;
  const isLoaded = options.isFirst && loadAverage > MAX_LOAD_AVERAGE;
  return { loadAverage, busyCores, isQuiet: !isLoaded && busyCores <= MAX_BUSY_CORES };
}

/** Milliseconds all cores together have been busy since the start of the computer. */
function cpuTimes(): number {
  return os
    .cpus()
    .reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
}
