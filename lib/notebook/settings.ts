import type * as Y from 'yjs';
import { parseInput } from './choices';
import { MAX_TITLE, MAX_VALUE } from './limits';
import { done, type Outcome, refused } from './outcome';
import { isParameterName } from './parameter-name';
import { findCell } from './read';
import { cellParts, isNewer, rootsOf } from './roots';
import { wholeCharacters } from './text-edits';
import type { CellKind, InputChoice, ResultViewChoice } from './types';

/** One line of at most 200 characters; what is more is cut off. */
export function setTitle(doc: Y.Doc, title: string): Outcome<undefined> {
  if (isNewer(doc)) return refused('newer-document');
  const { meta } = rootsOf(doc);
  const line = wholeCharacters(title.replace(/\s+/g, ' ').trim(), MAX_TITLE);
  if (meta.get('title') !== line) meta.set('title', line);
  return { done: true, cell: undefined };
}

/** How a cell's result is looked at; undefined: as a grid. */
export function setView(doc: Y.Doc, id: string, view: ResultViewChoice | undefined): Outcome {
  return setKey(doc, id, 'view', view && JSON.stringify(view), ['sql', 'text', 'input']);
}

/** What an input cell asks for. */
export function setInput(doc: Y.Doc, id: string, input: InputChoice): Outcome {
  const json = JSON.stringify(input);
  return parseInput(json) ? setKey(doc, id, 'input', json, ['input']) : refused('not-valid');
}

/** A parameter's value; undefined takes it away. */
export function setValue(doc: Y.Doc, name: string, value: string | undefined): Outcome<undefined> {
  if (isNewer(doc)) return refused('newer-document');
  if (!isParameterName(name) || (value?.length ?? 0) > MAX_VALUE) return refused('not-valid');
  const { values } = rootsOf(doc);
  if (value === undefined) values.delete(name);
  else if (values.get(name) !== value) values.set(name, value);
  return { done: true, cell: undefined };
}

function setKey(
  doc: Y.Doc,
  id: string,
  key: string,
  json: string | undefined,
  kinds: readonly CellKind[],
): Outcome {
  if (isNewer(doc)) return refused('newer-document');
  const cell = findCell(doc, id);
  const map = cellParts(rootsOf(doc).cells.get(id))?.map;
  if (!cell || !map) return refused('no-such-cell');
  if (cell.kind === 'foreign') return refused('foreign-cell');
  if (!kinds.includes(cell.kind)) return refused('different-kinds');
  if (json === undefined) map.delete(key);
  else if (map.get(key) !== json) map.set(key, json);
  return done(id);
}
