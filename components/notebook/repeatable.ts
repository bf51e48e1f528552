import { tokens } from '@/lib/postgres/lexer';
import { firstWord } from '@/lib/postgres/statements';

const READING = new Set(['select', 'table', 'values', 'show', 'with']);
const WRITING = new Set(['insert', 'update', 'delete', 'merge', 'into', 'nextval', 'setval']);

/** True when a statement only reads, as far as its words tell: it may be run again to fetch the rest of its rows. */
export function isRepeatable(sql: string): boolean {
  if (!READING.has(firstWord(sql))) return false;
  for (const { kind, start, end } of tokens(sql)) {
    if (kind === 'word' && WRITING.has(sql.slice(start, end).toLowerCase())) return false;
  }
  return true;
}
