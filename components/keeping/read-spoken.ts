import type * as Y from 'yjs';
import { cellText, readNotebook } from '@/lib/notebook/read';
import type { SpokenNotebook } from './compare-notebooks';

/** The notebook of a document with its texts, as they are now. */
export function readSpoken(doc: Y.Doc): SpokenNotebook {
  const { title, cells } = readNotebook(doc);
  return {
    title,
    cells: cells.map((cell) => ({ cell, text: cellText(doc, cell.id)?.toString() ?? '' })),
  };
}
