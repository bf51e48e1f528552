import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** A dump that waits until the machine of its playground runs for the first time. */
export interface PendingDump {
  readonly dump: Blob;
  /** It was begun and not finished: some of it may be in the database. */
  readonly isBegun: boolean;
}

interface Dumps extends DBSchema {
  dumps: { key: string; value: PendingDump };
}

const NAME = 'warren.dumps';
const STORE = 'dumps';

/** Keeps a dump under its playground's id. Rejects where this browser keeps nothing, or has no room. */
export function keepDump(playground: string, pending: PendingDump): Promise<void> {
  return withStore(async (db) => {
    await db.put(STORE, pending, playground);
  });
}

export function findDump(playground: string): Promise<PendingDump | undefined> {
  return withStore((db) => db.get(STORE, playground));
}

/** Also for a playground that has none. */
export function dropDump(playground: string): Promise<void> {
  return withStore((db) => db.delete(STORE, playground));
}

async function withStore<T>(use: (db: IDBPDatabase<Dumps>) => Promise<T>): Promise<T> {
  const db = await openDB<Dumps>(NAME, 1, {
    upgrade: (made) => void made.createObjectStore(STORE),
  });
  try {
    return await use(db);
  } finally {
    db.close();
  }
}
