import { expect, test } from 'vitest';
import { columnOf } from './column';
import { columnWidths, fittedWidth } from './column-width';
import { rowsOf } from './testing/rows-of';

test('widths follow names and values, between a narrowest and a widest', () => {
  const store = rowsOf(['1', 'twenty characters ok', 'x'.repeat(5000)]);
  const [id, name, text] = columnWidths(
    [columnOf('id', 'int', 23), columnOf('n', 'text', 25), columnOf('t', 'text', 25)],
    store,
  );
  expect(id).toBe(72);
  expect(name).toBe(184);
  expect(text).toBe(360);
});

test('a fitted column shows what the rows in sight hold', () => {
  const store = rowsOf(['x'], ['y'.repeat(100)], ['z'.repeat(900)]);
  const column = columnOf('t', 'text', 25);
  expect(fittedWidth(column, 0, store, { first: 0, last: 0 })).toBe(72);
  expect(fittedWidth(column, 0, store, { first: 0, last: 1 })).toBe(816);
  expect(fittedWidth(column, 0, store, { first: 0, last: 2 })).toBe(1400);
});
