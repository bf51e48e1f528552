import * as idb from 'lib0/indexeddb';
import { IndexeddbPersistence, storeState } from 'y-indexeddb';
import type * as Y from 'yjs';
import { localCopyName } from './local-copy-name';

/** Opened and closed to see whether this browser keeps anything: y-indexeddb cannot be told to bear a refusal. */
const PROBE_NAME = 'warren.probe';
/** Where y-indexeddb puts updates, one an entry. */
const STORE = 'updates';
/** Entries beyond which the copy is made into one when it is opened: each may hold a result of 256 KB. */
const MANY_ENTRIES = 64;
/** What is written between two such times in one sitting. */
const COMPACT_AFTER_BYTES = 8_000_000;
/** A pause in typing, after which it is looked up whether all has been written. */
const CHECK_DELAY_MS = 150;

/**
 * The document as this browser keeps it, for when the server is away. Where the browser keeps nothing (private
 * windows, a full disk) all goes on without; `holdsAll` then says so.
 */
export class LocalCopy {
  /** Resolves when what was kept is in the document, or cannot be; `false` then. */
  readonly loaded: Promise<boolean>;
  readonly #name: string;
  readonly #doc: Y.Doc;
  #persistence: IndexeddbPersistence | undefined;
  #closed = false;
  /** Updates made and, of them, known to be written. */
  #made = 0;
  #written = 0;
  #lastKey = 0;
  #bytes = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(playground: string, doc: Y.Doc) {
    this.#name = localCopyName(playground);
    this.#doc = doc;
    doc.on('update', this.#onUpdate);
    this.loaded = this.#open().catch(() => false);
  }

  /** True when everything of the document is in this browser's storage, as far as the browser tells. */
  holdsAll(): boolean {
    return this.#persistence?.synced === true && this.#written === this.#made;
  }

  /** True for what came out of the copy, by a transaction's origin. */
  isOrigin(origin: unknown): boolean {
    return origin !== null && origin !== undefined && origin === this.#persistence;
  }

  /** Forgets the copy, for good. */
  async drop(): Promise<void> {
    await this.close();
    try {
      await idb.deleteDB(this.#name);
    } catch {
      // Where nothing can be deleted, nothing was kept.
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#doc.off('update', this.#onUpdate);
    const persistence = this.#persistence;
    this.#persistence = undefined;
    await persistence?.destroy();
  }

  async #open(): Promise<boolean> {
    if (!(await keepsAnything()) || this.#closed) return false;
    const persistence = new IndexeddbPersistence(this.#name, this.#doc);
    this.#persistence = persistence;
    await persistence.whenSynced;
    const { db } = persistence;
    if (!db || this.#closed) return false;
    // Another tab forgets the playground: writing on would fail in the midst of each edit.
    db.onversionchange = () => void this.close();
    db.onclose = () => void this.close();
    // y-indexeddb began by writing what the document held then, and has written each update since.
    const made = this.#made;
    this.#lastKey = await lastKeyOf(db);
    this.#written = made;
    if (this.#made !== made) this.#checkSoon();
    void this.#compactIfMany(persistence);
    return true;
  }

  readonly #onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (this.isOrigin(origin)) return;
    this.#made++;
    this.#bytes += update.length;
    this.#checkSoon();
    if (this.#bytes < COMPACT_AFTER_BYTES || !this.#persistence?.synced) return;
    this.#bytes = 0;
    storeState(this.#persistence).catch(() => {});
  };

  #checkSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#checkWritten(), CHECK_DELAY_MS);
  }

  async #checkWritten(): Promise<void> {
    const persistence = this.#persistence;
    if (!persistence?.db || !persistence.synced || this.#made === this.#written) return;
    const made = this.#made;
    try {
      const key = await lastKeyOf(persistence.db);
      // Keys only grow. One that did not shows a write that failed.
      if (key > this.#lastKey) this.#written = made;
      this.#lastKey = key;
    } catch {
      // Closed meanwhile, or broken: then nothing is known to be written.
    }
  }

  async #compactIfMany(persistence: IndexeddbPersistence): Promise<void> {
    if (!persistence.db) return;
    try {
      const [store] = idb.transact(persistence.db, [STORE], 'readonly');
      if (store && (await idb.count(store)) > MANY_ENTRIES) await storeState(persistence);
    } catch {
      // It stays as long as it is.
    }
  }
}

/** y-indexeddb does not tell when it has written; but a reader waits for the writers before it. */
async function lastKeyOf(db: IDBDatabase): Promise<number> {
  const [store] = idb.transact(db, [STORE], 'readonly');
  return store ? Number(await idb.getLastKey(store)) : 0;
}

function keepsAnything(): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open(PROBE_NAME);
      request.onsuccess = () => {
        request.result.close();
        resolve(true);
      };
      request.onerror = (event) => {
        event.preventDefault();
        resolve(false);
      };
    } catch {
      resolve(false);
    }
  });
}
