import type { Column } from '../column';
import { isBooleanColumn, shownText } from './shown-text';
import type { TableWriter } from './table-writer';

/** A table of GitHub's Markdown. Values are shown as they are: nothing in them is markup. */
export function markdownWriter(columns: readonly Column[]): TableWriter {
  const booleans = columns.map(isBooleanColumn);
  const names = columns.map(({ name }) => plain(name));
  const rules = columns.map(({ numeric }) => (numeric ? '---:' : '---'));
  return {
    head: `| ${names.join(' | ')} |\n| ${rules.join(' | ')} |\n`,
    row: (cells) => {
      const texts = cells.map((cell, at) =>
        cell === null ? 'NULL' : plain(shownText(cell, booleans[at] === true)),
      );
      return `| ${texts.join(' | ')} |\n`;
    },
    tail: '',
  };
}

function plain(text: string): string {
  return text
    .replace(/[\\|`*_~[\]]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/\r\n|\r|\n/g, '<br>');
}
