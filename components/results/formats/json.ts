import type { Column } from '../column';
import { jsonText } from './json-text';
import type { TableWriter } from './table-writer';
import { uniqueNames } from './unique-names';

/** A JSON array with an object a row, one row a line. */
export function jsonWriter(columns: readonly Column[]): TableWriter {
  const keys = uniqueNames(columns.map(({ name }) => name)).map((name) => JSON.stringify(name));
  return {
    head: '[',
    row: (cells, index) => {
      const members = cells.map(
        (cell, at) => `${keys[at]}:${jsonText(cell, columns[at]?.oid ?? 0)}`,
      );
      return `${index === 0 ? '' : ','}\n{${members.join(',')}}`;
    },
    tail: '\n]\n',
  };
}
