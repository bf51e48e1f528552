import { connInfo } from './conn-info';
import type { DumpedTable } from './databases';
import { localName } from './shown-name';

export type ExportFormat = 'plain' | 'plain-gzip' | 'custom';
export type ExportPart = 'both' | 'schema' | 'data';

export interface ExportChoices {
  readonly database: string;
  readonly format: ExportFormat;
  readonly part: ExportPart;
  /** Undefined for the whole database. */
  readonly tables: readonly DumpedTable[] | undefined;
}

const PARTS: Readonly<Record<ExportPart, readonly string[]>> = {
  both: [],
  schema: ['--schema-only'],
  data: ['--data-only'],
};

/** pg_dump and its arguments; tables come by stdin (`tableFilter`), because arguments have no room for many. */
export function exportCommand({
  database,
  format,
  part,
  tables,
}: ExportChoices): readonly string[] {
  return [
    'pg_dump',
    `--dbname=${connInfo(database)}`,
    // The least compression: a stronger one takes the emulated processor many times longer.
    ...(format === 'custom' ? ['--format=custom', '--compress=1'] : ['--format=plain']),
    ...PARTS[part],
    ...(tables === undefined ? [] : ['--filter=-']),
  ];
}

/** The text of a filter file of pg_dump 17. In double quotes nothing is a pattern. */
export function tableFilter(tables: readonly DumpedTable[]): string {
  return tables
    .map(({ schema, name }) => `include table ${quoted(schema)}.${quoted(name)}\n`)
    .join('');
}

/** Pieces of a filter's name: the quote is doubled as in SQL, the line's end and the backslash are written as in C. */
function quoted(name: string): string {
  const text = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '""');
  return `"${text}"`;
}

const ENDINGS: Readonly<Record<ExportFormat, string>> = {
  plain: 'sql',
  'plain-gzip': 'sql.gz',
  custom: 'dump',
};

/** @param day where the reader is, e.g. `2026-11-21` */
export function exportName({ database, format }: ExportChoices, day: string): string {
  return `${localName(database)}-${day}.${ENDINGS[format]}`;
}
