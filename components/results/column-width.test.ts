import { expect, test } from 'vitest';
import { columnWidths } from './column-width';
import { rowsOf } from './testing/rows-of';

test('widths follow names and values, between a narrowest and a widest', () => {
  const store = rowsOf(['1', 'twenty characters ok', 'x'.repeat(5000)]);
  const [id, name, text] = columnWidths(
    [
      { name: 'id', type: 'int', numeric: true },
      { name: 'n', type: 'text', numeric: false },
      { name: 't', type: 'text', numeric: false },
    ],
    store,
  );
  expect(id).toBe(72);
  expect(name).toBe(184);
  expect(text).toBe(360);
});
