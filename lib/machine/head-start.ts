import { workerAssets } from './assets';
import type { FromWorker, ToWorker, WorkerPlaces } from './messages';
import type { MemoryMb } from './types';

/** A machine that starts while the page's own code is still on its way, and what it has reported so far. */
interface HeadStart {
  readonly workers: MachineWorkers;
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

/** A machine's Worker, which waits for `prepare` or `begin`, and the one that reads and writes for it. */
export interface MachineWorkers {
  readonly machine: Worker;
  terminate(): void;
}

/** Both are the page's: as one's Worker the other would outlive a reload by seconds, and hold the machine's files. */
export function startWorkers(): MachineWorkers {
  const machine = new Worker(`${workerAssets.worker}?${SCHEDULING}`, {
    type: 'module',
    name: 'machine',
  });
  const disk = new Worker(workerAssets.disk, { type: 'module', name: 'disk' });
  const { port1, port2 } = new MessageChannel();
  disk.postMessage(port1, [port1]);
  const say = (message: ToWorker, transfer: Transferable[] = []) =>
    machine.postMessage(message, transfer);
  say({ type: 'disk', port: port2 }, [port2]);
  disk.onerror = ({ message }) => say({ type: 'disk-lost', message });
  return {
    machine,
    terminate() {
      machine.terminate();
      disk.terminate();
    },
  };
}

/** The Worker that works on this browser's storage of machines; waits for its first message. */
export function startShelfWorker(): Worker {
  return new Worker(workerAssets.shelf, { type: 'module', name: 'shelf' });
}

/** What the Worker has to be told of the server. */
export function workerPlaces(): WorkerPlaces {
  return { base: location.origin, wasm: new URL(workerAssets.wasm, location.origin).href };
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
  const workers = startWorkers();
  const { machine } = workers;
  const reports: FromWorker[] = [];
  machine.onmessage = ({ data }: MessageEvent<FromWorker>) => reports.push(data);
  const prepare: ToWorker = { type: 'prepare', ...workerPlaces(), playground, memoryMb };
  machine.postMessage(prepare);
  page[PLACE] = { workers, reports };
}

/** The machine that was started ahead, if any; it is the caller's from now on. */
export function takeHeadStart(): HeadStart | undefined {
  const ahead = page[PLACE];
  page[PLACE] = 'used';
  return ahead === 'used' ? undefined : ahead;
}

/** Ends a machine that was started ahead and is not needed: this page does not host. */
export function dropHeadStart(): void {
  takeHeadStart()?.workers.terminate();
}
