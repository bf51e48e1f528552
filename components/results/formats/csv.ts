import type { Column } from '../column';
import { isBooleanColumn, shownText } from './shown-text';
import type { TableWriter } from './table-writer';

/**
 * RFC 4180 with a line of names. NULL is nothing and the empty text `""`, as PostgreSQL's COPY has them, so the
 * file comes back as it went.
 */
export function csvWriter(columns: readonly Column[]): TableWriter {
  const booleans = columns.map(isBooleanColumn);
  return {
    head: `${columns.map(({ name }) => field(name)).join(',')}\r\n`,
    row: (cells) =>
      `${cells
        .map((cell, index) =>
          cell === null ? '' : field(shownText(cell, booleans[index] === true)),
        )
        .join(',')}\r\n`,
    tail: '',
  };
}

function field(text: string): string {
  return text === '' || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
