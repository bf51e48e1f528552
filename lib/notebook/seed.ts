import * as Y from 'yjs';
import { rootsOf } from './roots';

/** The one cell of a new notebook (rule D7). */
export const FIRST_CELL = 'first00cell0';

/** Chosen for the seed alone; Yjs draws those of pages from 32 bits. */
const SEED_CLIENT = 1;

/** Structs of the seed: schema, the cell, and its three keys. */
const SEED_CLOCK = 5;

/**
 * The update that every document begins with (rule D7). Its bytes are the same whoever makes it and
 * may never change: a test holds them.
 */
export function seedUpdate(): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = SEED_CLIENT;
  doc.transact(() => {
    const { meta, cells } = rootsOf(doc);
    meta.set('schema', 1);
    const cell = new Y.Map<unknown>();
    cells.set(FIRST_CELL, cell);
    cell.set('kind', 'sql');
    cell.set('place', 'V');
    cell.set('source', new Y.Text());
  });
  return Y.encodeStateAsUpdate(doc);
}

/** True once the document has begun: the seed is in it. */
export function isSeeded(doc: Y.Doc): boolean {
  return Y.getState(doc.store, SEED_CLIENT) >= SEED_CLOCK;
}
