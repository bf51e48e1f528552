import type { VirtualItem } from '@tanstack/react-virtual';
import type { CSSProperties } from 'react';
import type { Column } from './column';
import { isBooleanColumn } from './formats/shown-text';

/** Where a column stands and how its cells look: made once for all rows, so that a row has little to do. */
export interface ColumnLayout {
  readonly index: number;
  readonly style: CSSProperties;
  readonly className: string;
  readonly isBoolean: boolean;
  /** Characters that fit into a cell, with room for the narrowest. */
  readonly limit: number;
  /** So many characters of ASCII fit for certain, and need not be clipped. */
  readonly roomy: number;
}

/** No character of a text is narrower. */
const NARROWEST_CHARACTER_PX = 3;
/** No character of ASCII is wider in any of the fonts of the grid. */
const WIDEST_ASCII_PX = 8.5;
/** Beside a cell's text: padding, and the line to the next column. */
const AROUND_TEXT_PX = 22;

export function columnLayouts(
  columns: readonly Column[],
  visible: readonly VirtualItem[],
): ColumnLayout[] {
  return visible.flatMap(({ index, start, size }) => {
    const column = columns[index];
    if (!column) return [];
    return {
      index,
      style: { left: start, width: size },
      className: `absolute top-0 h-full whitespace-nowrap border-line border-r px-2.5 leading-[27px]${
        column.numeric ? ' text-right tabular-nums' : ''
      }`,
      isBoolean: isBooleanColumn(column),
      limit: Math.ceil(size / NARROWEST_CHARACTER_PX),
      roomy: Math.floor((size - AROUND_TEXT_PX) / WIDEST_ASCII_PX),
    };
  });
}
