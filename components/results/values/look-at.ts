import { type ArrayText, parseArrayText } from '@/lib/postgres/array-text';
import { type Moment, parseMoment } from '@/lib/postgres/moment';
import { elementOid, typeKind } from '@/lib/postgres/types';
import { delimiterOf } from '../formats/delimiter';
import { byteCount } from './hex-dump';
import { type JsonNode, parseJsonNode } from './json-node';

/** What a value is, for showing it as that. */
export type Look =
  | { readonly kind: 'null' }
  | { readonly kind: 'json'; readonly node: JsonNode }
  | { readonly kind: 'array'; readonly array: ArrayText; readonly areBooleans: boolean }
  | { readonly kind: 'bytes'; readonly bytes: number }
  | { readonly kind: 'moment'; readonly moment: Moment }
  | { readonly kind: 'text' };

/** Larger arrays are shown as text: taking them apart would hold the page up. */
const ARRAY_LENGTH = 2_000_000;

export function lookAt(text: string | null, oid: number): Look {
  if (text === null) return { kind: 'null' };
  switch (typeKind(oid)) {
    case 'json': {
      const node = parseJsonNode(text);
      return node ? { kind: 'json', node } : { kind: 'text' };
    }
    case 'array': {
      const element = elementOid(oid) ?? 0;
      const array =
        text.length > ARRAY_LENGTH ? undefined : parseArrayText(text, delimiterOf(element));
      if (!array) return { kind: 'text' };
      return { kind: 'array', array, areBooleans: typeKind(element) === 'boolean' };
    }
    case 'bytea': {
      const bytes = byteCount(text);
      return bytes === undefined ? { kind: 'text' } : { kind: 'bytes', bytes };
    }
    case 'timestamp': {
      const moment = parseMoment(text);
      return moment?.hasZone ? { kind: 'moment', moment } : { kind: 'text' };
    }
    default:
      return { kind: 'text' };
  }
}
