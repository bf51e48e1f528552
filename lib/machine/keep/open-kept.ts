import { farShelf } from '../../snapshot/store/far/far-shelf';
import { openKeptMachine } from '../../snapshot/store/kept-machine';
import { openShelf } from '../../snapshot/store/open-shelf';
import { type KeptMachine, type Shelf, StoreError } from '../../snapshot/store/types';

/** A page that is reloaded comes before the end of the one it replaces; its Worker ends within this time. */
const PATIENCE_MS = 3_000;
const AGAIN_MS = 50;

/**
 * Opens a machine of this browser, and waits a moment for another page to let go of it. For a Worker.
 * @param diskWorker URL of the Worker that reads and writes
 */
export async function openKept(name: string, diskWorker: string): Promise<KeptMachine> {
  const shelf = await diskShelf(diskWorker);
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await openKeptMachine(await shelf.folder(name));
    } catch (thrown) {
      const isInUse = thrown instanceof StoreError && thrown.code === 'in-use';
      if (!isInUse || performance.now() > until) throw thrown;
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

let disk: Shelf | undefined;

/** One Worker for all that this thread keeps; it ends with this thread. Where Workers have no Workers, this thread itself. */
async function diskShelf(url: string): Promise<Shelf> {
  if (disk) return disk;
  if (!('Worker' in globalThis)) return openShelf();
  const worker = new Worker(url, { type: 'module', name: 'disk' });
  const { shelf, fail } = farShelf(worker);
  worker.onerror = ({ message }) => {
    fail(new Error(message));
    disk = undefined;
  };
  disk = shelf;
  return shelf;
}
