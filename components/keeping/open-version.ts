import * as Y from 'yjs';
import type { Credentials } from '@/lib/machine/types';
import { readNotebook } from '@/lib/notebook/read';
import type { Answer } from '../playgrounds/ask';
import { fetchVersion } from './versions-api';

/** Fetches a version and makes a document of it, which nobody else sees. */
export async function openVersion(credentials: Credentials, id: string): Promise<Answer<Y.Doc>> {
  const answer = await fetchVersion(credentials, id);
  if (!answer.ok) return answer;
  const doc = new Y.Doc();
  try {
    Y.applyUpdate(doc, answer.value);
  } catch {
    return unreadable('This version is damaged and cannot be read. Choose another one.');
  }
  if (readNotebook(doc).standing === 'newer') {
    return unreadable('A newer version of this page made it. Reload the page to see it.');
  }
  return { ok: true, value: doc };
}

function unreadable(message: string): Answer<Y.Doc> {
  return { ok: false, status: 200, code: 'unreadable', message };
}
