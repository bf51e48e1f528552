import { monitorEventLoopDelay } from 'node:perf_hooks';
import { now } from './clock';
import type { Run, Seen } from './scene';

/** How often the event loop is asked; what it answers includes this much. */
const RESOLUTION_MS = 5;
const NS_PER_MS = 1e6;
const US_PER_MS = 1_000;

/** Watches what this process costs and how late it is in a run's window. */
export function watchOwnLoad({ zeroAt, warmUpMs, windowMs }: Run): {
  read(): Pick<Seen, 'delayP99' | 'delayMax' | 'cpu'>;
} {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  let before = process.cpuUsage();
  let cpu = 0;
  const startsIn = zeroAt + warmUpMs - now();
  setTimeout(() => {
    before = process.cpuUsage();
    delays.enable();
  }, startsIn);
  setTimeout(() => {
    delays.disable();
    const { user, system } = process.cpuUsage(before);
    cpu = (100 * (user + system)) / US_PER_MS / windowMs;
  }, startsIn + windowMs);
  const ms = (nanoseconds: number) => Math.max(0, nanoseconds / NS_PER_MS - RESOLUTION_MS);
  return {
    read: () => ({ delayP99: ms(delays.percentile(99)), delayMax: ms(delays.max), cpu }),
  };
}
