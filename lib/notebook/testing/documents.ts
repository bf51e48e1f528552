import * as Y from 'yjs';
import { addCells, type NewCell, replaceCells } from '../cells';
import { cellText, readNotebook } from '../read';
import { seedUpdate } from '../seed';

/** A document that has begun, with these cells instead of the first. */
export function documentWith(...cells: readonly NewCell[]): { doc: Y.Doc; ids: readonly string[] } {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, seedUpdate());
  const added = cells.length === 0 ? addCells(doc, [], 'end') : replaceCells(doc, cells);
  if (!added.done) throw new Error(added.refusal);
  return { doc, ids: readNotebook(doc).cells.map(({ id }) => id) };
}

/** The texts of the cells in order. */
export function texts(doc: Y.Doc): string[] {
  return readNotebook(doc).cells.map(({ id }) => cellText(doc, id)?.toString() ?? '');
}

/** Brings two documents to the same state. */
export function exchange(a: Y.Doc, b: Y.Doc): void {
  const [ofA, ofB] = [Y.encodeStateAsUpdate(a), Y.encodeStateAsUpdate(b)];
  Y.applyUpdate(a, ofB);
  Y.applyUpdate(b, ofA);
}
