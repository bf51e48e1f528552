import type * as Y from 'yjs';
import { orderedCells } from './read';
import type { InputChoice } from './types';

/** What a new input cell asks for: a text, under a name that no other input cell has. */
export function freeInput(doc: Y.Doc): InputChoice {
  const taken = new Set(orderedCells(doc).map(({ input }) => input?.name));
  let name = 'value';
  for (let n = 2; taken.has(name); n++) name = `value${n}`;
  return { name, type: 'text', options: [] };
}
