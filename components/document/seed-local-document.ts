import * as Y from 'yjs';
import { LocalCopy } from './local-copy';

/**
 * Puts a document into this browser's storage as the local copy of a playground that nobody has opened yet: the page
 * that opens it begins with that, and brings it to the server.
 * @returns false when this browser keeps nothing
 */
export async function seedLocalDocument(playground: string, update: Uint8Array): Promise<boolean> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  // What a document holds when its copy is opened is written first of all.
  const copy = new LocalCopy(playground, doc);
  const isKept = await copy.loaded;
  await copy.close();
  doc.destroy();
  return isKept;
}
