import { workerAssets } from './assets';
import type { FromWorker, ToWorker, WorkerPlaces } from './messages';
import type { MemoryMb } from './types';

/** A machine that starts while the page's own code is still on its way, and what it has reported so far. */
interface HeadStart {
  readonly worker: Worker;
  readonly reports: FromWorker[];
}

/** Where the script in the page's head leaves it for the page's code: two bundles, one page. */
const PLACE = Symbol.for('warren.head-start');
const page = globalThis as { [PLACE]?: HeadStart | 'used' | undefined };

/**
 * v86 looks for these words in its Worker's address: with them it yields by `scheduler.postTask`, which saves
 * a round trip through a second Worker for each slice of emulation.
 */
const SCHEDULING = 'use-scheduling-api';

/** The machine's Worker, which waits for its first message. */
export function startWorker(): Worker {
  return new Worker(`${workerAssets.worker}?${SCHEDULING}`, { type: 'module', name: 'machine' });
}

/** The Worker that works on this browser's storage of machines; waits for its first message. */
export function startShelfWorker(): Worker {
  return new Worker(workerAssets.shelf, { type: 'module', name: 'shelf' });
}

/** What the Worker has to be told of the server. */
export function workerPlaces(): WorkerPlaces {
  const { origin } = location;
  return {
    base: origin,
    wasm: new URL(workerAssets.wasm, origin).href,
    disk: new URL(workerAssets.disk, origin).href,
  };
}

/**
 * Starts a machine for whoever of this page hosts next. Nobody can reach it before `createHost` has taken it.
 * @param playground whose machine continues; absent: one that is only being made, and begins from the image
 * @param when `first`: not once this page has had its chance, for a script that may come late
 */
export function giveHeadStart(
  memoryMb: MemoryMb,
  when: 'first' | 'again',
  playground?: string,
): void {
  const present = page[PLACE];
  if (present === 'used' ? when === 'first' : present) return;
  const worker = startWorker();
  const reports: FromWorker[] = [];
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => reports.push(data);
  const prepare: ToWorker = { type: 'prepare', ...workerPlaces(), playground, memoryMb };
  worker.postMessage(prepare);
  page[PLACE] = { worker, reports };
}

/** The machine that was started ahead, if any; it is the caller's from now on. */
export function takeHeadStart(): HeadStart | undefined {
  const ahead = page[PLACE];
  page[PLACE] = 'used';
  return ahead === 'used' ? undefined : ahead;
}

/** Ends a machine that was started ahead and is not needed: this page does not host. */
export function dropHeadStart(): void {
  takeHeadStart()?.worker.terminate();
}
