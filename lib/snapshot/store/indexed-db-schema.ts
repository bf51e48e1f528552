import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB } from 'idb';

/** Of a record. Larger ones would be written whole for one page of 4 KB, smaller ones make a machine slow to read. */
export const BLOCK_BYTES = 64 * 1024;

interface Schema extends DBSchema {
  machines: { key: string; value: true };
  /** Sizes in bytes. */
  files: { key: [machine: string, file: string]; value: number };
  /** A block is as long as what was written of it; what is missing of it, or all of it, is zeros. */
  blocks: { key: [machine: string, file: string, block: number]; value: Uint8Array };
}

export type MachinesDatabase = IDBPDatabase<Schema>;

export type BlockStore = IDBPObjectStore<Schema, ('files' | 'blocks')[], 'blocks', 'readwrite'>;

/** The number is that of the layout, as in the folder of the origin private file system. */
const NAME = 'warren-machines-2';

export function openDatabase(): Promise<MachinesDatabase> {
  return openDB<Schema>(NAME, 1, {
    upgrade(database) {
      database.createObjectStore('machines');
      database.createObjectStore('files');
      database.createObjectStore('blocks');
    },
    // A newer Warren in another tab, or somebody who deletes all data, is not kept waiting.
    blocking: (_current, _wanted, event) => (event.target as IDBDatabase).close(),
  });
}

/** All keys that begin with these parts: an array is above every string and number. */
export function keysBelow(...parts: readonly (string | number)[]): IDBKeyRange {
  return IDBKeyRange.bound([...parts], [...parts, []]);
}
