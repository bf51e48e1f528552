import * as Y from 'yjs';
import { newCellId } from './cell-id';
import { freeInput } from './free-input';
import { MAX_CELL_TEXT, MAX_CELLS } from './limits';
import { done, type Outcome, type Refusal, refused } from './outcome';
import { spread } from './places';
import { cellText, findCell, orderedCells } from './read';
import { cellParts, isNewer, rootsOf } from './roots';
import { unixLines } from './text-edits';
import type { CellKind, InputChoice, NotebookCell, ResultViewChoice } from './types';

/** What a new cell is made of. */
export interface NewCell {
  readonly kind: CellKind;
  readonly text?: string;
  readonly view?: ResultViewChoice;
  readonly input?: InputChoice;
}

/** Where cells go: after a cell, before it, or at an end of the notebook. */
export type Spot = { readonly after: string } | { readonly before: string } | 'start' | 'end';

export type Destination = Spot | 'up' | 'down';

/** Makes a cell; without a spot at the end. */
export function addCell(doc: Y.Doc, cell: NewCell & { readonly at?: Spot }): Outcome {
  const added = addCells(doc, [cell], cell.at ?? 'end');
  return added.done ? done(added.cell[0] ?? '') : added;
}

/** Makes cells one after the other: all of them, or none. */
export function addCells(
  doc: Y.Doc,
  cells: readonly NewCell[],
  at: Spot,
): Outcome<readonly string[]> {
  const present = orderedCells(doc);
  const index = indexOf(present, at);
  if (index === undefined) return refused('no-such-cell');
  const refusal = refusalOf(doc, cells, present.length);
  return refusal ? refused(refusal) : insert(doc, cells, present, index);
}

/** Makes these the only cells, without results: all of them, or none. */
export function replaceCells(doc: Y.Doc, fresh: readonly NewCell[]): Outcome<readonly string[]> {
  const refusal = refusalOf(doc, fresh, 0);
  if (refusal) return refused(refusal);
  return doc.transact(() => {
    const { cells, results } = rootsOf(doc);
    for (const id of [...cells.keys()]) cells.delete(id);
    for (const id of [...results.keys()]) results.delete(id);
    return insert(doc, fresh, [], 0);
  });
}

function refusalOf(doc: Y.Doc, cells: readonly NewCell[], present: number): Refusal | undefined {
  if (isNewer(doc)) return 'newer-document';
  if (present + cells.length > MAX_CELLS) return 'too-many-cells';
  const tooLong = cells.some(({ text }) => (text?.length ?? 0) > MAX_CELL_TEXT);
  return tooLong ? 'text-too-long' : undefined;
}

function insert(
  doc: Y.Doc,
  fresh: readonly NewCell[],
  present: readonly NotebookCell[],
  index: number,
): Outcome<readonly string[]> {
  return doc.transact(() => {
    const places = makeRoom(doc, present, index, fresh.length);
    const cell = fresh.map((one, i) => {
      const id = newCellId();
      const input = one.kind === 'input' ? (one.input ?? freeInput(doc)) : one.input;
      rootsOf(doc).cells.set(id, cellMap({ ...one, input }, places[i] ?? ''));
      return id;
    });
    return { done: true, cell };
  });
}

export function moveCell(doc: Y.Doc, id: string, to: Destination): Outcome {
  if (isNewer(doc)) return refused('newer-document');
  const present = orderedCells(doc);
  const from = present.findIndex((cell) => cell.id === id);
  if (from < 0) return refused('no-such-cell');
  const others = present.toSpliced(from, 1);
  const index = to === 'up' ? from - 1 : to === 'down' ? from + 1 : indexOf(others, to, id, from);
  if (index === undefined) return refused('no-such-cell');
  if (index < 0 || index > others.length) return refused('at-the-edge');
  if (index === from) return done(id);
  doc.transact(() => {
    const [place] = makeRoom(doc, others, index, 1);
    cellParts(rootsOf(doc).cells.get(id))?.map.set('place', place);
  });
  return done(id);
}

/** A copy below it, without its result. */
export function duplicateCell(doc: Y.Doc, id: string): Outcome {
  const cell = findCell(doc, id);
  if (!cell) return refused('no-such-cell');
  if (cell.kind === 'foreign') return refused('foreign-cell');
  const { kind, view, input } = cell;
  const text = cellText(doc, id)?.toString() ?? '';
  return addCell(doc, { kind, text, view, input, at: { after: id } });
}

/** Deletes the cell and its result (rule D5). The outcome names the cell that takes its place on the page. */
export function deleteCell(doc: Y.Doc, id: string): Outcome<string | undefined> {
  if (isNewer(doc)) return refused('newer-document');
  const present = orderedCells(doc);
  const index = present.findIndex((cell) => cell.id === id);
  if (index < 0) return refused('no-such-cell');
  doc.transact(() => {
    const { cells, results } = rootsOf(doc);
    cells.delete(id);
    results.delete(id);
  });
  return { done: true, cell: (present[index + 1] ?? present[index - 1])?.id };
}

/** Its text, result and settings stay, so changing back changes nothing. */
export function changeKind(doc: Y.Doc, id: string, kind: CellKind): Outcome {
  if (isNewer(doc)) return refused('newer-document');
  const cell = findCell(doc, id);
  if (!cell) return refused('no-such-cell');
  if (cell.kind === 'foreign') return refused('foreign-cell');
  if (cell.kind === kind) return done(id);
  doc.transact(() => {
    const map = cellParts(rootsOf(doc).cells.get(id))?.map;
    map?.set('kind', kind);
    if (kind === 'input' && !cell.input) map?.set('input', JSON.stringify(freeInput(doc)));
  });
  return done(id);
}

/**
 * Where a cell for this spot stands among `cells`; undefined when the named cell is gone. A spot
 * beside the moved cell itself is where it stands.
 */
function indexOf(
  cells: readonly NotebookCell[],
  spot: Spot,
  moved?: string,
  from?: number,
): number | undefined {
  if (spot === 'start') return 0;
  if (spot === 'end') return cells.length;
  const name = 'after' in spot ? spot.after : spot.before;
  if (name === moved) return from;
  const index = cells.findIndex(({ id }) => id === name);
  return index < 0 ? undefined : index + ('after' in spot ? 1 : 0);
}

/**
 * Places for `count` cells before `cells[index]`. Where there is no room, since two pages have
 * chosen the same place at once or it would be too long, cells after it are moved on a little; in
 * the last resort all get new places.
 */
function makeRoom(
  doc: Y.Doc,
  cells: readonly NotebookCell[],
  index: number,
  count: number,
): readonly string[] {
  const low = cells[index - 1]?.place;
  for (let end = index; end <= cells.length; end++) {
    const places = spread(low, cells[end]?.place, count + end - index);
    if (!places) continue;
    placeAll(doc, cells.slice(index, end), places.slice(count));
    return places.slice(0, count);
  }
  const places = spread(undefined, undefined, cells.length + count) ?? [];
  placeAll(doc, cells, places.toSpliced(index, count));
  return places.slice(index, index + count);
}

function placeAll(doc: Y.Doc, cells: readonly NotebookCell[], places: readonly string[]): void {
  cells.forEach(({ id }, i) => {
    cellParts(rootsOf(doc).cells.get(id))?.map.set('place', places[i]);
  });
}

function cellMap(cell: NewCell, place: string): Y.Map<unknown> {
  const map = new Y.Map<unknown>([
    ['kind', cell.kind],
    ['place', place],
    ['source', new Y.Text(unixLines(cell.text ?? ''))],
  ]);
  if (cell.view) map.set('view', JSON.stringify(cell.view));
  if (cell.input) map.set('input', JSON.stringify(cell.input));
  return map;
}
