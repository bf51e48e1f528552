import * as Y from 'yjs';
import { SCHEMA_VERSION } from './types';

/** The root types of rule D1. They are made known to the document, which writes nothing. */
export function rootsOf(doc: Y.Doc): {
  readonly meta: Y.Map<unknown>;
  readonly cells: Y.Map<unknown>;
  readonly results: Y.Map<unknown>;
  readonly values: Y.Map<unknown>;
} {
  return {
    meta: doc.getMap('meta'),
    cells: doc.getMap('cells'),
    results: doc.getMap('results'),
    values: doc.getMap('values'),
  };
}

/** A cell's map and text, if they are what rule D3 says. */
export function cellParts(
  value: unknown,
): { readonly map: Y.Map<unknown>; readonly text: Y.Text } | undefined {
  if (!isPlainMap(value)) return undefined;
  const text = value.get('source');
  return isPlainText(text) ? { map: value, text } : undefined;
}

/** True for a document that this code must not write to (rule D2). */
export function isNewer(doc: Y.Doc): boolean {
  const schema = rootsOf(doc).meta.get('schema');
  return typeof schema === 'number' && schema > SCHEMA_VERSION;
}

/** Not of a class derived from it, as Y's XML types are: those read otherwise. */
function isPlainMap(value: unknown): value is Y.Map<unknown> {
  return value instanceof Y.Map && value.constructor === Y.Map;
}

export function isPlainText(value: unknown): value is Y.Text {
  return value instanceof Y.Text && value.constructor === Y.Text;
}
