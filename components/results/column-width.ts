import type { RowStore } from '@/lib/postgres/row-store';
import { previewText } from './cell-text';
import type { Column } from './column';

/** A character of the grid's 13 px monospace font is at most this wide in the fonts we name. */
const CHARACTER_PX = 7.9;
const PADDING_PX = 26;
const NARROWEST_PX = 72;
const WIDEST_PX = 360;
/** A column alone, as EXPLAIN gives, may take what there is. */
const WIDEST_ALONE_PX = 1400;
/** As many rows decide the widths as are likely seen first. */
const SAMPLED_ROWS = 60;

export function columnWidths(columns: readonly Column[], rows: RowStore): number[] {
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
