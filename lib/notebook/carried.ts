import type * as Y from 'yjs';
import { addCells, type NewCell, replaceCells, type Spot } from './cells';
import type { Outcome } from './outcome';
import { cellText, readNotebook } from './read';
import { rootsOf } from './roots';
import { setTitle, setValue } from './settings';
import { unixLines } from './text-edits';

/** A notebook outside a document: in a file, or as a starting point. Without ids and results. */
export interface CarriedNotebook {
  readonly title: string;
  readonly cells: readonly NewCell[];
  /** Parameters' values. */
  readonly values: ReadonlyMap<string, string>;
}

/** What an export holds. A cell of a newer page's kind is carried as text. */
export function takeNotebook(doc: Y.Doc): CarriedNotebook {
  const { title, cells, values } = readNotebook(doc);
  return {
    title,
    values,
    cells: cells.map(({ id, kind, view, input }) => ({
      kind: kind === 'foreign' ? 'text' : kind,
      text: unixLines(cellText(doc, id)?.toString() ?? ''),
      ...(view && { view }),
      ...(input && { input }),
    })),
  };
}

/** Puts its cells at a spot among those that are there; values that are there stay. */
export function insertNotebook(
  doc: Y.Doc,
  carried: CarriedNotebook,
  at: Spot,
): Outcome<readonly string[]> {
  return doc.transact(() => {
    const added = addCells(doc, carried.cells, at);
    if (!added.done) return added;
    const { values } = rootsOf(doc);
    for (const [name, value] of carried.values) {
      if (!values.has(name)) setValue(doc, name, value);
    }
    return added;
  });
}

/** Replaces all cells, results, values and the title. Refused, it changes nothing. */
export function replaceNotebook(doc: Y.Doc, carried: CarriedNotebook): Outcome<readonly string[]> {
  return doc.transact(() => {
    const replaced = replaceCells(doc, carried.cells);
    if (!replaced.done) return replaced;
    const { values } = rootsOf(doc);
    for (const name of [...values.keys()]) values.delete(name);
    for (const [name, value] of carried.values) setValue(doc, name, value);
    setTitle(doc, carried.title);
    return replaced;
  });
}
