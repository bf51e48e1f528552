import { previewText } from './cell-text';
import type { Column } from './column';
import type { Rows } from './rows';

/** A character of the grid's 13 px monospace font is at most this wide in the fonts we name. */
const CHARACTER_PX = 7.9;
const PADDING_PX = 26;
export const NARROWEST_PX = 72;
const WIDEST_PX = 360;
/** When somebody asks to see all of a column. */
const WIDEST_FITTED_PX = 1400;
/** A column alone, as EXPLAIN gives, may take what there is. */
const WIDEST_ALONE_PX = 1400;
/** As many rows decide the widths as are likely seen first. */
const SAMPLED_ROWS = 60;

export function columnWidths(columns: readonly Column[], rows: Rows): number[] {
  const widest = columns.length === 1 ? WIDEST_ALONE_PX : WIDEST_PX;
  const sampled = Math.min(rows.rowCount, SAMPLED_ROWS);
  return columns.map((column, index) => {
    let longest = Math.max(column.name.length, column.type.length * 0.85);
    for (let row = 0; row < sampled; row++) {
      longest = Math.max(longest, (previewText(rows, row, index) ?? 'NULL').length);
    }
    const width = Math.ceil(longest * CHARACTER_PX) + PADDING_PX;
    return Math.max(NARROWEST_PX, Math.min(widest, width));
  });
}

/** Wide enough for what some rows hold, when a person asks for it. */
export function fittedWidth(
  column: Column,
  index: number,
  rows: Rows,
  { first, last }: { readonly first: number; readonly last: number },
): number {
  let longest = Math.max(column.name.length, column.type.length * 0.85);
  for (let row = first; row <= last; row++) {
    longest = Math.max(longest, (previewText(rows, row, index) ?? 'NULL').length);
  }
  const width = Math.ceil(longest * CHARACTER_PX) + PADDING_PX;
  return Math.max(NARROWEST_PX, Math.min(WIDEST_FITTED_PX, width));
}
