import { GUARDED_WORDS } from './keywords';

const PLAIN = /^[a-z_][a-z0-9_]*$/;

/** A name as it must stand in SQL: as `quote_ident` of PostgreSQL has it, in quotes only where they are needed. */
export function quoteIdentifier(name: string): string {
  return PLAIN.test(name) && !GUARDED_WORDS.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** A relation's name as it must stand in SQL; without its schema where that is `public`, which is looked in anyway. */
export function quoteQualified(schema: string, name: string): string {
  const last = quoteIdentifier(name);
  return schema === 'public' ? last : `${quoteIdentifier(schema)}.${last}`;
}
