import WebSocket from 'ws';
import { requestTicket, type TicketAnswer } from '@/lib/machine/ticket';
import type { Credentials } from '@/lib/machine/types';
import { SharedDocument } from '../shared-document';
import type { SaveState } from '../types';

/** A page's document in Node: everything but the browser's storage is real. */
export interface PageOptions {
  readonly base: string;
  readonly kind?: 'owner' | 'guest';
  readonly fresh?: boolean;
  readonly credentials?: Credentials;
  /** In place of the server's ticket office. */
  readonly ask?: () => Promise<TicketAnswer>;
}

const NOWHERE: Credentials = { playground: 'playground00', link: 'link0000', secret: '' };

export function openPage(options: PageOptions): SharedDocument {
  const { base, kind = 'owner', fresh = false, credentials = NOWHERE } = options;
  const identity =
    kind === 'owner' ? { kind, credentials } : { kind, credentials, couldOwn: false };
  return new SharedDocument(identity, {
    fresh,
    reach: {
      base,
      ask: options.ask ?? (() => requestTicket(base, credentials, 'notebook')),
      dial: (url, protocols) => new WebSocket(url, protocols) as unknown as globalThis.WebSocket,
    },
  });
}

/** Resolves when a condition on what a page shows holds. */
export async function untilPage(
  page: SharedDocument,
  holds: () => boolean,
  what: string,
  timeoutMs = 10_000,
): Promise<void> {
  const began = Date.now();
  while (!holds()) {
    if (Date.now() - began > timeoutMs) {
      throw new Error(`${what} did not happen; save state ${JSON.stringify(page.save.get())}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export function untilSave(page: SharedDocument, kind: SaveState['kind']): Promise<void> {
  return untilPage(page, () => page.save.get().kind === kind, `save state ${kind}`);
}
