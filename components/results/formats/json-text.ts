import { type ArrayText, parseArrayText } from '@/lib/postgres/array-text';
import { elementOid, typeKind } from '@/lib/postgres/types';
import { delimiterOf } from './delimiter';

/** Numbers as JSON allows them; PostgreSQL writes all finite ones so. */
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * A value in JSON as PostgreSQL's own `to_json` has it: numbers with all their digits (a reader that needs them
 * exact must not take them for doubles), NaN and infinities as strings, json as it is, arrays as arrays.
 * @param text null is NULL
 */
export function jsonText(text: string | null, oid: number): string {
  if (text === null) return 'null';
  switch (typeKind(oid)) {
    case 'number':
      return JSON_NUMBER.test(text) ? text : JSON.stringify(text);
    case 'boolean':
      return text === 't' ? 'true' : text === 'f' ? 'false' : JSON.stringify(text);
    case 'json':
      return text;
    case 'array': {
      const element = elementOid(oid) ?? 0;
      const array = parseArrayText(text, delimiterOf(element));
      return array ? arrayJson(array, element) : JSON.stringify(text);
    }
    default:
      return JSON.stringify(text);
  }
}

function arrayJson({ items }: ArrayText, element: number): string {
  const texts = items.map((item) =>
    item !== null && typeof item === 'object' ? arrayJson(item, element) : jsonText(item, element),
  );
  return `[${texts.join(',')}]`;
}
