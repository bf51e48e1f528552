import { ifThere, storing } from './errors';
import { checkMachineName } from './machine-name';
import { OpfsFile } from './opfs-file';
import type { BlockFolder, Shelf } from './types';

/** The number is that of the layout: what an older Warren left is never taken for ours. */
const ROOT = 'warren-machines-2';

/**
 * Machines in the origin private file system, a folder each. Only in a dedicated Worker, which alone has handles that
 * read and write in place.
 * @throws StoreError `storage-refused` where there is none, as in some private windows
 */
export async function openOpfsShelf(storage: StorageManager): Promise<Shelf> {
  const root = await storing(async () =>
    (await storage.getDirectory()).getDirectoryHandle(ROOT, { create: true }),
  );
  return {
    async find(name) {
      checkMachineName(name);
      const folder = await ifThere(() => root.getDirectoryHandle(name));
      return folder && opfsFolder(folder);
    },
    async folder(name) {
      checkMachineName(name);
      return opfsFolder(await storing(() => root.getDirectoryHandle(name, { create: true })));
    },
    list: () => namesIn(root),
    async remove(name) {
      checkMachineName(name);
      const folder = await ifThere(() => root.getDirectoryHandle(name));
      if (!folder) return;
      await mustBeClosed(folder);
      await ifThere(() => root.removeEntry(name, { recursive: true }));
    },
  };
}

function opfsFolder(folder: FileSystemDirectoryHandle): BlockFolder {
  return {
    open: (name) =>
      storing(async () => {
        const file = await folder.getFileHandle(name, { create: true });
        return new OpfsFile(await file.createSyncAccessHandle());
      }),
    async peek(name) {
      const file = await ifThere(() => folder.getFileHandle(name));
      return (
        file && storing(async () => new Uint8Array(await (await file.getFile()).arrayBuffer()))
      );
    },
    async storedBytes() {
      let bytes = 0;
      for (const name of await namesIn(folder)) {
        const file = await ifThere(() => folder.getFileHandle(name));
        if (file) bytes += await storing(async () => (await file.getFile()).size);
      }
      return bytes;
    },
  };
}

/** A folder that is removed while a file of it is open may lose the others first; so each is asked before. */
async function mustBeClosed(folder: FileSystemDirectoryHandle): Promise<void> {
  for (const name of await namesIn(folder)) {
    const file = await ifThere(() => folder.getFileHandle(name));
    if (file) (await storing(() => file.createSyncAccessHandle())).close();
  }
}

function namesIn(folder: FileSystemDirectoryHandle): Promise<string[]> {
  return storing(async () => {
    const names: string[] = [];
    for await (const name of folder.keys()) names.push(name);
    return names.sort();
  });
}
