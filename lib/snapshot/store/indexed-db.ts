import { storeError, storing } from './errors';
import { IndexedDbFile } from './indexed-db-file';
import { BLOCK_BYTES, keysBelow, type MachinesDatabase, openDatabase } from './indexed-db-schema';
import { checkMachineName } from './machine-name';
import { type LetGo, takeAlone } from './take-alone';
import type { BlockFolder, Shelf } from './types';

/**
 * Machines in IndexedDB, for browsers and windows without the origin private file system.
 * @param locks by which tabs see what others have open; without them only this thread does
 * @throws StoreError `storage-refused` where there is none, as in some private windows
 */
export async function openIndexedDbShelf(locks: LockManager | undefined): Promise<Shelf> {
  const database = await storing(openDatabase);
  const take = (machine: string, file: string) => takeFile(machine, file, locks);
  return {
    async find(name) {
      checkMachineName(name);
      const isThere = await storing(() => database.getKey('machines', name));
      return isThere === undefined ? undefined : folderOf(database, name, take);
    },
    async folder(name) {
      checkMachineName(name);
      await storing(() => database.put('machines', true, name));
      return folderOf(database, name, take);
    },
    list: () => storing(() => database.getAllKeys('machines')),
    async remove(name) {
      checkMachineName(name);
      const taken: LetGo[] = [];
      try {
        for (const file of await namesOf(database, name)) taken.push(await take(name, file));
        await removeMachine(database, name);
      } finally {
        for (const letGo of taken) await letGo();
      }
    },
  };
}

type Take = (machine: string, file: string) => Promise<LetGo>;

function folderOf(database: MachinesDatabase, machine: string, take: Take): BlockFolder {
  return {
    async open(name) {
      const letGo = await take(machine, name);
      try {
        const size = await storing(() => database.get('files', [machine, name]));
        if (size === undefined) await storing(() => database.put('files', 0, [machine, name]));
        return new IndexedDbFile(database, [machine, name], size ?? 0, letGo);
      } catch (thrown) {
        await letGo();
        throw thrown;
      }
    },
    peek: (name) => storing(() => readAll(database, machine, name)),
    async storedBytes() {
      const sizes = await storing(() => database.getAll('files', keysBelow(machine)));
      return sizes.reduce((sum, size) => sum + size, 0);
    },
  };
}

async function namesOf(database: MachinesDatabase, machine: string): Promise<string[]> {
  const keys = await storing(() => database.getAllKeys('files', keysBelow(machine)));
  return keys.map(([, file]) => file);
}

function removeMachine(database: MachinesDatabase, machine: string): Promise<void> {
  return storing(async () => {
    const transaction = database.transaction(['machines', 'files', 'blocks'], 'readwrite');
    await Promise.all([
      transaction.objectStore('machines').delete(machine),
      transaction.objectStore('files').delete(keysBelow(machine)),
      transaction.objectStore('blocks').delete(keysBelow(machine)),
      transaction.done,
    ]);
  });
}

/** All of a file at one moment. */
async function readAll(
  database: MachinesDatabase,
  machine: string,
  file: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const transaction = database.transaction(['files', 'blocks']);
  const blocks = transaction.objectStore('blocks');
  const [size, keys, contents] = await Promise.all([
    transaction.objectStore('files').get([machine, file]),
    blocks.getAllKeys(keysBelow(machine, file)),
    blocks.getAll(keysBelow(machine, file)),
  ]);
  if (size === undefined) return undefined;
  const bytes = new Uint8Array(size);
  for (const [index, [, , block]] of keys.entries()) {
    bytes.set(contents[index]!, block * BLOCK_BYTES);
  }
  return bytes;
}

async function takeFile(
  machine: string,
  file: string,
  locks: LockManager | undefined,
): Promise<LetGo> {
  const letGo = await takeAlone(`warren-machines-2/${machine}/${file}`, locks);
  if (!letGo) throw storeError('in-use');
  return letGo;
}
