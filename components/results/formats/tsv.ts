import type { Column } from '../column';
import { isBooleanColumn, shownText } from './shown-text';
import type { TableWriter } from './table-writer';

/** Tab-separated, quoted as spreadsheets expect. NULL is empty. */
export function tsvWriter(columns: readonly Column[]): TableWriter {
  const booleans = columns.map(isBooleanColumn);
  return {
    head: '',
    row: (cells, index) => {
      const fields = cells.map((cell, at) => field(shownText(cell ?? '', booleans[at] === true)));
      return `${index === 0 ? '' : '\n'}${fields.join('\t')}`;
    },
    tail: '',
  };
}

function field(text: string): string {
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
