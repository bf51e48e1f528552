import { quoteIdentifier } from '@/lib/postgres/catalogue/quote-identifier';
import type { CsvFormat } from './csv-format';
import type { CsvType } from './infer-types';

/** What somebody has decided to make of a file. */
export interface CsvPlan {
  readonly format: CsvFormat;
  readonly table: string;
  readonly columns: readonly PlannedColumn[];
}

export interface PlannedColumn {
  readonly name: string;
  readonly type: CsvType;
}

export function createStatement({ table, columns }: CsvPlan): string {
  const lines = columns.map(({ name, type }) => `  ${quoteIdentifier(name)} ${type}`);
  return `create table ${quoteIdentifier(table)} (\n${lines.join(',\n')}\n)`;
}

export function copyStatement({ table, columns }: CsvPlan): string {
  const names = columns.map(({ name }) => quoteIdentifier(name));
  return `copy ${quoteIdentifier(table)} (${names.join(', ')}) from stdin`;
}
