import type { RowStore } from '@/lib/postgres/row-store';

/** More than this of one value is not readable in a grid's cell. */
const PREVIEW_LENGTH = 600;
/** Values longer than this are decoded once, not at each look: one may have megabytes. */
const LONG_LENGTH = 10_000;

const longPreviews = new WeakMap<RowStore, Map<string, string>>();

/** A cell as the grid shows it: one line, cut when long. Null is NULL. */
export function previewText(rows: RowStore, row: number, column: number): string | null {
  const place = `${row}/${column}`;
  const known = longPreviews.get(rows)?.get(place);
  if (known !== undefined) return known;
  const text = rows.text(row, column);
  if (text === null) return null;
  const preview = oneLine(text);
  if (text.length > LONG_LENGTH) {
    const previews = longPreviews.get(rows) ?? new Map<string, string>();
    longPreviews.set(rows, previews.set(place, preview));
  }
  return preview;
}

function oneLine(text: string): string {
  const cut = text.length > PREVIEW_LENGTH;
  const line = (cut ? text.slice(0, PREVIEW_LENGTH) : text)
    .replace(/\r\n|\r|\n/g, '↵')
    .replace(/\t/g, '⇥');
  return cut ? `${line}…` : line;
}
