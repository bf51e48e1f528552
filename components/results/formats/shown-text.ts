import { typeKind } from '@/lib/postgres/types';
import type { Column } from '../column';

const BOOLEANS: Readonly<Record<string, string>> = { t: 'true', f: 'false' };

/** A value as people read it: booleans as words, all else as PostgreSQL wrote it. */
export function shownText(text: string, isBoolean: boolean): string {
  return isBoolean ? (BOOLEANS[text] ?? text) : text;
}

export function isBooleanColumn(column: Column): boolean {
  return typeKind(column.oid) === 'boolean';
}
