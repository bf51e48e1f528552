import type { Column } from './column';
import { jsonWriter } from './formats/json';
import { markdownWriter } from './formats/markdown';
import { isBooleanColumn, shownText } from './formats/shown-text';
import { insertWriter } from './formats/sql-insert';
import type { TableWriter } from './formats/table-writer';
import { tsvWriter } from './formats/tsv';
import type { Rows } from './rows';
import type { Rectangle } from './selection';

/** Copying happens in one task of the page, so it is kept to what takes some tens of milliseconds. */
const CELL_LIMIT = 50_000;
const CHARACTER_LIMIT = 8_000_000;

const WRITERS = {
  tsv: tsvWriter,
  markdown: markdownWriter,
  json: jsonWriter,
  insert: insertWriter,
} as const satisfies Record<string, (columns: readonly Column[]) => TableWriter>;

export type CopyFormat = keyof typeof WRITERS;

export type Copied =
  | { readonly ok: true; readonly text: string; readonly cells: number }
  | { readonly ok: false; readonly reason: string };

/** The cells of a rectangle as text. One cell as TSV is copied as it is. */
export function copyCells(
  rows: Rows,
  columns: readonly Column[],
  { top, bottom, left, right }: Rectangle,
  format: CopyFormat = 'tsv',
): Copied {
  const cells = (bottom - top + 1) * (right - left + 1);
  const chosen = columns.slice(left, right + 1);
  const only = chosen[0];
  if (cells === 1 && only && format === 'tsv') {
    return { ok: true, text: shownText(rows.text(top, left) ?? '', isBooleanColumn(only)), cells };
  }
  if (cells > CELL_LIMIT) return { ok: false, reason: tooMuch(`${CELL_LIMIT} cells`) };
  const writer = WRITERS[format](chosen);
  const parts: string[] = [writer.head];
  let characters = 0;
  for (let row = top; row <= bottom; row++) {
    const texts: (string | null)[] = [];
    for (let column = left; column <= right; column++) {
      const text = rows.text(row, column);
      characters += text?.length ?? 0;
      if (characters > CHARACTER_LIMIT) return { ok: false, reason: tooMuch('8 MB') };
      texts.push(text);
    }
    parts.push(writer.row(texts, row - top));
  }
  parts.push(writer.tail);
  return { ok: true, text: parts.join(''), cells };
}

function tooMuch(limit: string): string {
  return `Not copied: the selection holds more than ${limit}. Download takes a large result whole.`;
}
