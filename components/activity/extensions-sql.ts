import type { Cell, QueryResult } from '@/lib/postgres/client-types';

/** An extension that the machine has, used in this database or not. */
export interface Extension {
  readonly name: string;
  readonly defaultVersion: string;
  /** Empty while it has not been created. */
  readonly installedVersion: string;
  readonly comment: string;
}

export const EXTENSIONS_SQL = `
select name, coalesce(default_version, ''), coalesce(installed_version, ''), coalesce(comment, '')
from pg_catalog.pg_available_extensions order by installed_version is null, name`;

export function readExtensions({ rows }: QueryResult<Cell[]>): readonly Extension[] {
  return rows.map(([name, defaultVersion, installedVersion, comment]) => ({
    name: name ?? '',
    defaultVersion: defaultVersion ?? '',
    installedVersion: installedVersion ?? '',
    comment: comment ?? '',
  }));
}

/** With what it needs. */
export function createExtension(name: string): string {
  return `CREATE EXTENSION ${quoted(name)} CASCADE`;
}

/** Refused while something uses it. */
export function dropExtension(name: string): string {
  return `DROP EXTENSION ${quoted(name)}`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
