import type * as Y from 'yjs';
import { isCellId } from './cell-id';
import { parseInput, parseView } from './choices';
import { MAX_CELLS, MAX_TITLE, MAX_VALUE } from './limits';
import { isParameterName } from './parameter-name';
import { isPlace } from './places';
import { cellParts, isNewer, rootsOf } from './roots';
import type { CellKind, Notebook, NotebookCell } from './types';

/**
 * Where a cell without a place stands: last. One is without when its deletion was undone and
 * somebody had moved it meanwhile: Yjs then brings back neither place. Its text must not be lost.
 */
const LAST_PLACE = 'zzzz';

const KINDS: ReadonlySet<unknown> = new Set<CellKind>(['sql', 'text', 'input']);

/**
 * The notebook of a document as rule D6 has it: never throws, never writes. Cells that are as they
 * were in `previous` are the same objects.
 */
export function readNotebook(doc: Y.Doc, previous?: Notebook): Notebook {
  const { meta } = rootsOf(doc);
  const known = new Map(previous?.cells.map((cell) => [cell.id, cell]));
  const cells = orderedCells(doc)
    .slice(0, MAX_CELLS)
    .map((cell) => sameOr(known.get(cell.id), cell));
  return { title: readTitle(meta), cells, values: readValues(doc), standing: standing(doc, cells) };
}

/** A cell's text (rule D3); undefined when there is no such cell. */
export function cellText(doc: Y.Doc, id: string): Y.Text | undefined {
  return cellParts(rootsOf(doc).cells.get(id))?.text;
}

/** All cells of the document in their order (rule D4), also those beyond what is shown. */
export function orderedCells(doc: Y.Doc): NotebookCell[] {
  const cells: NotebookCell[] = [];
  for (const [id, value] of rootsOf(doc).cells) {
    const cell = readCell(id, value);
    if (cell) cells.push(cell);
  }
  return cells.sort((a, b) => compare(a.place, b.place) || compare(a.id, b.id));
}

/** One cell; undefined when it is none. */
export function findCell(doc: Y.Doc, id: string): NotebookCell | undefined {
  return readCell(id, rootsOf(doc).cells.get(id));
}

function readCell(id: string, value: unknown): NotebookCell | undefined {
  if (!isCellId(id)) return undefined;
  const map = cellParts(value)?.map;
  if (!map) return undefined;
  const kind = map.get('kind') ?? 'sql';
  const place = map.get('place') ?? LAST_PLACE;
  if (typeof kind !== 'string' || !isPlace(place)) return undefined;
  const view = parseView(map.get('view'));
  const input = parseInput(map.get('input'));
  return {
    id,
    kind: isKind(kind) ? kind : 'foreign',
    place,
    ...(view && { view }),
    ...(input && { input }),
  };
}

function isKind(value: unknown): value is CellKind {
  return KINDS.has(value);
}

function sameOr(previous: NotebookCell | undefined, cell: NotebookCell): NotebookCell {
  return previous && JSON.stringify(previous) === JSON.stringify(cell) ? previous : cell;
}

function readTitle(meta: Y.Map<unknown>): string {
  const title = meta.get('title');
  return typeof title === 'string' ? title.slice(0, MAX_TITLE) : '';
}

function readValues(doc: Y.Doc): Map<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of rootsOf(doc).values) {
    if (typeof value !== 'string' || value.length > MAX_VALUE || !isParameterName(name)) continue;
    values.set(name, value);
  }
  return values;
}

function standing(doc: Y.Doc, cells: readonly NotebookCell[]): Notebook['standing'] {
  if (isNewer(doc)) return 'newer';
  const begun = typeof rootsOf(doc).meta.get('schema') === 'number' || cells.length > 0;
  return begun ? 'usable' : 'empty';
}

/** By UTF-16 units: the order of digits in a place and of characters in an id. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
