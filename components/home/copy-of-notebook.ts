import * as Y from 'yjs';
import type { Credentials } from '@/lib/machine/types';
import { LocalCopy } from '../document/local-copy';
import { type ForkDocument, forkDocument } from '../keeping/fork-document';
import { deleteVersion, fetchVersion, saveVersion } from '../keeping/versions-api';

/**
 * The notebook of a playground that is not open here, under another title: what this browser has of it, and what the
 * server has where it can be reached.
 */
export async function copyOfNotebook(
  credentials: Credentials,
  title: string,
): Promise<ForkDocument> {
  const doc = new Y.Doc();
  const [, stored] = await Promise.all([
    readLocal(credentials.playground, doc),
    readStored(credentials),
  ]);
  try {
    if (stored) Y.applyUpdate(doc, stored);
  } catch {
    // Damaged on its way; what this browser has will do.
  }
  const copy = forkDocument(doc, title);
  doc.destroy();
  return copy;
}

async function readLocal(playground: string, doc: Y.Doc): Promise<void> {
  const local = new LocalCopy(playground, doc);
  await local.loaded;
  await local.close();
}

/** The server hands a document out as a version of it: one is made for this, and goes again. */
async function readStored(credentials: Credentials): Promise<Uint8Array | undefined> {
  const saved = await saveVersion(credentials, { name: 'Copied', by: '' });
  if (!saved.ok) return undefined;
  const fetched = await fetchVersion(credentials, saved.value.id);
  await deleteVersion(credentials, saved.value.id);
  return fetched.ok ? fetched.value : undefined;
}
