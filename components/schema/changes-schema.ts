import { tokens } from '@/lib/postgres/lexer';

/** First words of command tags after which tables, columns, functions or rights may be others. */
const CHANGING = new Set([
  'CREATE',
  'ALTER',
  'DROP',
  'COMMENT',
  'GRANT',
  'REVOKE',
  'IMPORT',
  'SECURITY',
  'REFRESH',
  'TRUNCATE',
  'ANALYZE',
  'VACUUM',
  'DO',
  'CALL',
  'REASSIGN',
  // What a transaction changed becomes visible to others now.
  'COMMIT',
]);

/**
 * True when a statement that ended with this tag may have changed what the catalogue shows. CREATE TABLE AS and
 * SELECT INTO end with the tag `SELECT`, so those are told by their text.
 */
export function changesSchema(tag: string, sql = ''): boolean {
  const word = tag.split(' ', 1)[0] ?? '';
  if (CHANGING.has(word)) return true;
  return word === 'SELECT' && makesTable(sql);
}

/** True for `create … as select` and `select … into`. */
function makesTable(sql: string): boolean {
  let first = true;
  for (const { kind, start, end } of tokens(sql)) {
    const word = kind === 'word' ? sql.slice(start, end).toLowerCase() : '';
    if (first && word === 'create') return true;
    if (word === 'into') return true;
    first = false;
  }
  return false;
}
