import type { Rows } from './rows';

/** More than this of one value is not readable in a grid's cell. */
const PREVIEW_LENGTH = 600;
/** Values longer than this are decoded once, not at each look: one may have megabytes. */
const LONG_LENGTH = 10_000;

const longPreviews = new WeakMap<Rows, Map<string, string>>();

/**
 * A cell as the grid shows it: one line, cut when long. Null is NULL.
 * @param limit characters that fit, when that is fewer than anybody would read
 */
export function previewText(
  rows: Rows,
  row: number,
  column: number,
  limit = PREVIEW_LENGTH,
): string | null {
  const known = longPreviews.get(rows)?.get(`${row}/${column}`);
  if (known !== undefined) return cut(known, limit);
  const text = rows.text(row, column);
  if (text === null) return null;
  if (text.length <= LONG_LENGTH) return cut(oneLine(text, limit), limit);
  const preview = oneLine(text, PREVIEW_LENGTH);
  const previews = longPreviews.get(rows) ?? new Map<string, string>();
  longPreviews.set(rows, previews.set(`${row}/${column}`, preview));
  return cut(preview, limit);
}

const BREAKS = /[\r\n\t]/;

/** One character more than the limit, so that what is cut is seen to be. */
function oneLine(text: string, limit: number): string {
  const beginning = text.length > limit ? text.slice(0, limit + 1) : text;
  if (!BREAKS.test(beginning)) return beginning;
  return beginning.replace(/\r\n|\r|\n/g, '↵').replace(/\t/g, '⇥');
}

function cut(line: string, limit: number): string {
  return line.length > limit ? `${line.slice(0, limit)}…` : line;
}
