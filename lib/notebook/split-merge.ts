import type * as Y from 'yjs';
import { addCell } from './cells';
import { MAX_CELL_TEXT } from './limits';
import { done, type Outcome, refused } from './outcome';
import { cellText, findCell, orderedCells } from './read';
import { isNewer, rootsOf } from './roots';
import { characterStart } from './text-edits';
import type { NotebookCell } from './types';

/**
 * Cuts a cell at an index of its text: what follows becomes a new cell below, which the outcome
 * names. A line's end at the cut goes away, so joining them again gives the text back.
 */
export function splitCell(doc: Y.Doc, id: string, at: number): Outcome {
  if (isNewer(doc)) return refused('newer-document');
  const cell = findCell(doc, id);
  const text = cellText(doc, id);
  if (!cell || !text) return refused('no-such-cell');
  if (cell.kind === 'foreign') return refused('foreign-cell');
  if (cell.kind === 'input') return refused('different-kinds');
  const { kind } = cell;
  const whole = text.toString();
  const cut = characterStart(whole, Math.min(Math.max(0, Math.trunc(at)), whole.length));
  const endsLine = whole[cut - 1] === '\n';
  const startsLine = !endsLine && whole[cut] === '\n';
  return doc.transact(() => {
    const below = whole.slice(startsLine ? cut + 1 : cut);
    const added = addCell(doc, { kind, text: below, at: { after: id } });
    const keep = endsLine ? cut - 1 : cut;
    if (added.done && keep < whole.length) text.delete(keep, whole.length - keep);
    return added;
  });
}

/** Puts the next cell's text below this one's, and deletes the next (rule D5). */
export function mergeCellWithNext(doc: Y.Doc, id: string): Outcome {
  return merge(doc, id, 1);
}

/** Puts this cell's text below the previous one's, and deletes this (rule D5). */
export function mergeCellWithPrevious(doc: Y.Doc, id: string): Outcome {
  return merge(doc, id, -1);
}

function merge(doc: Y.Doc, id: string, step: 1 | -1): Outcome {
  if (isNewer(doc)) return refused('newer-document');
  const cells = orderedCells(doc);
  const index = cells.findIndex((cell) => cell.id === id);
  if (index < 0) return refused('no-such-cell');
  const upper = cells[step > 0 ? index : index - 1];
  const lower = cells[step > 0 ? index + 1 : index];
  return upper && lower ? join(doc, upper, lower) : refused('at-the-edge');
}

function join(doc: Y.Doc, upper: NotebookCell, lower: NotebookCell): Outcome {
  if (upper.kind === 'foreign' || lower.kind === 'foreign') return refused('foreign-cell');
  if (upper.kind !== lower.kind || upper.kind === 'input') return refused('different-kinds');
  const text = cellText(doc, upper.id);
  const below = cellText(doc, lower.id)?.toString() ?? '';
  if (!text) return refused('no-such-cell');
  const glue = text.length > 0 && below !== '' ? '\n' : '';
  if (text.length + below.length + glue.length > MAX_CELL_TEXT) return refused('text-too-long');
  doc.transact(() => {
    if (below !== '') text.insert(text.length, glue + below);
    const { cells, results } = rootsOf(doc);
    cells.delete(lower.id);
    results.delete(lower.id);
  });
  return done(upper.id);
}
