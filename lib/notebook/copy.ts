import * as Y from 'yjs';
import { isCellId } from './cell-id';
import { type Outcome, refused } from './outcome';
import { cellParts, isNewer, isPlainText, rootsOf } from './roots';
import { replaceText } from './text-edits';

/**
 * Makes `to` read as `from` does, by edits: cells are matched by id, and texts change only where
 * they differ, so the edits of others meet it as they meet any edit. A version is restored and a
 * fork is filled by it. Refused where either is of a newer version (rule D2).
 */
export function copyNotebook(from: Y.Doc, to: Y.Doc): Outcome<undefined> {
  if (isNewer(from) || isNewer(to)) return refused('newer-document');
  const source = rootsOf(from);
  const target = rootsOf(to);
  to.transact(() => {
    copyPlain(source.meta, target.meta);
    copyPlain(source.values, target.values);
    copyPlain(source.results, target.results);
    for (const id of [...target.cells.keys()]) {
      if (!source.cells.has(id)) target.cells.delete(id);
    }
    for (const [id, cell] of source.cells) {
      if (isCellId(id)) copyCell(cell, id, target.cells);
    }
  });
  return { done: true, cell: undefined };
}

function copyCell(value: unknown, id: string, cells: Y.Map<unknown>): void {
  const from = cellParts(value);
  if (!from) return;
  const present = cellParts(cells.get(id));
  const map = present?.map ?? new Y.Map<unknown>();
  if (!present) cells.set(id, map);
  copyPlain(from.map, map);
  if (present) replaceText(present.text, from.text.toString());
  else map.set('source', new Y.Text(from.text.toString()));
}

/** All that is no shared type; those are what this code knows to be texts, or of a newer page's making. */
function copyPlain(from: Y.Map<unknown>, to: Y.Map<unknown>): void {
  for (const key of [...to.keys()]) {
    if (!from.has(key) && !isPlainText(to.get(key))) to.delete(key);
  }
  for (const [key, value] of from) {
    if (value instanceof Y.AbstractType || isPlainText(to.get(key))) continue;
    if (JSON.stringify(to.get(key)) !== JSON.stringify(value)) to.set(key, value);
  }
}
