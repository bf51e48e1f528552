import { quoteIdentifier } from '@/lib/postgres/catalogue/quote-identifier';
import { typeKind } from '@/lib/postgres/types';
import type { Column } from '../column';
import type { TableWriter } from './table-writer';
import { uniqueNames } from './unique-names';

const FINITE = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** One INSERT with all rows, into a table whose name the reader puts in. */
export function insertWriter(columns: readonly Column[]): TableWriter {
  const names = uniqueNames(columns.map(({ name }) => name)).map(quoteIdentifier);
  const kinds = columns.map(({ oid }) => typeKind(oid));
  return {
    head: `insert into my_table (${names.join(', ')}) values`,
    row: (cells, index) => {
      const values = cells.map((cell, at) => literal(cell, kinds[at] ?? 'other'));
      return `${index === 0 ? '' : ','}\n  (${values.join(', ')})`;
    },
    tail: ';\n',
  };
}

function literal(text: string | null, kind: ReturnType<typeof typeKind>): string {
  if (text === null) return 'null';
  if (kind === 'number' && FINITE.test(text)) return text;
  if (kind === 'boolean' && text === 't') return 'true';
  if (kind === 'boolean' && text === 'f') return 'false';
  // With E'' a backslash means the same under any standard_conforming_strings.
  const quoted = text.replaceAll("'", "''");
  return quoted.includes('\\') ? `E'${quoted.replaceAll('\\', '\\\\')}'` : `'${quoted}'`;
}
