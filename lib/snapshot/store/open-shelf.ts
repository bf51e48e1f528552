import { storeError } from './errors';
import { openIndexedDbShelf } from './indexed-db';
import { openOpfsShelf } from './opfs';
import type { Shelf } from './types';

/**
 * This browser's machines: in the origin private file system where there is one, else in IndexedDB. Call it in a Worker.
 * @throws StoreError `storage-refused` where this page may keep nothing, as in some private windows
 */
export async function openShelf(): Promise<Shelf> {
  // Handles that read and write in place exist only in Workers, and not in all browsers.
  const hasHandles = 'createSyncAccessHandle' in (globalThis.FileSystemFileHandle?.prototype ?? {});
  if (hasHandles) {
    try {
      return await openOpfsShelf(navigator.storage);
    } catch {
      // A private window may have IndexedDB all the same.
    }
  }
  try {
    return await openIndexedDbShelf(navigator.locks);
  } catch (cause) {
    throw storeError('storage-refused', cause);
  }
}
