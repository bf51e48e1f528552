import { requestTicket } from '@/lib/machine/ticket';
import type { Member } from '../playground/session';
import { SharedDocument } from './shared-document';
import type { NotebookDocument } from './types';

/**
 * Opens a playground's notebook in this tab.
 * @param options.fresh this browser has just made the playground, so it can be written in at once (rule D7)
 */
export function openDocument(
  identity: Member,
  { fresh }: { readonly fresh: boolean },
): NotebookDocument {
  const base = location.origin;
  const document = new SharedDocument(identity, {
    fresh,
    reach: {
      base,
      ask: () => requestTicket(base, identity.credentials, 'notebook'),
      dial: (url, protocols) => new WebSocket(url, protocols),
    },
  });
  const listening = new AbortController();
  window.addEventListener('online', () => document.hurry(), { signal: listening.signal });
  window.addEventListener('offline', () => document.probe(), { signal: listening.signal });
  document.doc.on('destroy', () => listening.abort());
  return document;
}
