import { openKeptMachine } from '../../snapshot/store/kept-machine';
import { type KeptMachine, type Shelf, StoreError } from '../../snapshot/store/types';

/** A page that is reloaded comes before the end of the one it replaces; its Worker ends within this time. */
const PATIENCE_MS = 3_000;
const AGAIN_MS = 50;

/** Opens a machine of this browser, and waits a moment for another page to let go of it. */
export async function openKept(shelf: Shelf, name: string): Promise<KeptMachine> {
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
