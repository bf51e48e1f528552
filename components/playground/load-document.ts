import type { Template } from '@/lib/notebook/templates';
import type { NotebookDocument } from '../document/types';
import { findPlayground, takeFresh } from '../playgrounds/store';
import type { Member } from './session';

/** Between attempts to fetch code: doubles from the first to the last. */
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 30_000;

/**
 * Opens the notebook with code that is fetched beside the machine's start, not before it. A playground that this
 * browser has just made begins as its template says. Undefined when nobody waits for it any longer.
 */
export async function loadDocument(
  identity: Member,
  isOver: () => boolean,
): Promise<NotebookDocument | undefined> {
  const { playground } = identity.credentials;
  const fresh = identity.kind === 'owner' ? findPlayground(playground)?.fresh : undefined;
  const [{ openDocument }, begin] = await Promise.all([
    fetched(() => import('../document/open-document')),
    fresh && beginningOf(fresh.template),
  ]);
  if (isOver()) return undefined;
  const document = openDocument(identity, { fresh: fresh !== undefined });
  begin?.(document);
  // Not before: a page that is closed while it loads leaves the mark for the next.
  takeFresh(playground);
  return document;
}

/** Nothing for the empty one: it is what every notebook begins with. */
async function beginningOf(
  id: Template['id'],
): Promise<((document: NotebookDocument) => void) | undefined> {
  if (id === 'empty') return undefined;
  const { TEMPLATES, applyTemplate } = await fetched(() => import('@/lib/notebook/templates'));
  const template = TEMPLATES.find((one) => one.id === id);
  return (document) => {
    if (template) document.change((doc) => applyTemplate(doc, template));
    // It is where the notebook begins, not an edit to take back.
    document.undo.clear();
  };
}

/** What an import brings, tried until the network lets it. */
async function fetched<T>(load: () => Promise<T>): Promise<T> {
  for (let retryMs = FIRST_RETRY_MS; ; retryMs = Math.min(LAST_RETRY_MS, retryMs * 2)) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
}
