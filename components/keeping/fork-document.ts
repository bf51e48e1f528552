import * as Y from 'yjs';
import { copyNotebook } from '@/lib/notebook/copy';
import { refusalText } from '@/lib/notebook/outcome';
import { rootsOf } from '@/lib/notebook/roots';
import { seedUpdate } from '@/lib/notebook/seed';
import { setTitle } from '@/lib/notebook/settings';

export type ForkDocument =
  | { readonly kind: 'copied'; readonly update: Uint8Array }
  /** `message` is a sentence for people. */
  | { readonly kind: 'refused'; readonly message: string };

/** The whole notebook under another title, as a document of its own. */
export function forkDocument(original: Y.Doc, title: string): ForkDocument {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, seedUpdate());
  const outcome = copyNotebook(original, doc);
  if (!outcome.done) return { kind: 'refused', message: refusalText(outcome.refusal) };
  setTitle(doc, title);
  const update = withinReach(doc);
  doc.destroy();
  return update ? { kind: 'copied', update } : { kind: 'refused', message: TOO_LARGE };
}

/** The document as an update that the server takes: where it is too large, the largest results stay behind. */
function withinReach(doc: Y.Doc): Uint8Array | undefined {
  const { results } = rootsOf(doc);
  const sizes = [...results].map(([cell, json]) => [cell, String(json).length] as const);
  sizes.sort(([, a], [, b]) => a - b);
  for (;;) {
    const update = Y.encodeStateAsUpdate(doc);
    if (update.length <= MAX_UPDATE_BYTES) return update;
    let excess = update.length - MAX_UPDATE_BYTES;
    if (sizes.length === 0) return undefined;
    while (excess > 0 && sizes.length > 0) {
      const [cell, size] = sizes.pop() ?? ['', 0];
      results.delete(cell);
      excess -= size;
    }
  }
}

/** The fork goes to the server as one update, of which the server takes 4 MB (relay/limits.ts). */
const MAX_UPDATE_BYTES = 4_000_000;

const TOO_LARGE =
  'The notebook’s texts are larger than a fork may bring at once (4 MB). Export it and import the parts you need.';
