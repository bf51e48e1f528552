import type { RowStore } from '@/lib/postgres/row-store';
import type { Rectangle } from './selection';

/** Copying happens in one task of the page, so it is kept to what takes some tens of milliseconds. */
const CELL_LIMIT = 50_000;
const CHARACTER_LIMIT = 8_000_000;

export type Copied =
  | { readonly ok: true; readonly text: string; readonly cells: number }
  | { readonly ok: false; readonly reason: string };

/**
 * The cells of a rectangle as text. One cell is copied as it is; several as tab-separated values,
 * quoted as spreadsheets expect. NULL is empty there.
 */
export function copyCells(rows: RowStore, rectangle: Rectangle): Copied {
  const { top, bottom, left, right } = rectangle;
  const cells = (bottom - top + 1) * (right - left + 1);
  if (cells === 1) {
    return { ok: true, text: rows.text(top, left) ?? '', cells };
  }
  if (cells > CELL_LIMIT) return { ok: false, reason: tooMuch(`${CELL_LIMIT} cells`) };
  const lines: string[] = [];
  let characters = 0;
  for (let row = top; row <= bottom; row++) {
    const line: string[] = [];
    for (let column = left; column <= right; column++) {
      const text = rows.text(row, column) ?? '';
      characters += text.length;
      if (characters > CHARACTER_LIMIT) return { ok: false, reason: tooMuch('8 MB') };
      line.push(quoted(text));
    }
    lines.push(line.join('\t'));
  }
  return { ok: true, text: lines.join('\n'), cells };
}

function quoted(text: string): string {
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function tooMuch(limit: string): string {
  return `Not copied: the selection holds more than ${limit}. Use \\copy in psql for large results.`;
}
