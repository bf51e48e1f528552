import { expect, test } from 'vitest';
import { previewText } from './cell-text';
import { rowsOf } from './testing/rows-of';

test('a value is shown on one line, NULL apart from the empty text', () => {
  const rows = rowsOf(['a\r\nb\tc', '', null]);
  expect(previewText(rows, 0, 0)).toBe('a↵b⇥c');
  expect(previewText(rows, 0, 1)).toBe('');
  expect(previewText(rows, 0, 2)).toBeNull();
});

test('a long value is cut, and a very long one decoded once', () => {
  const rows = rowsOf(['x'.repeat(700), 'y'.repeat(2_000_000)]);
  expect(previewText(rows, 0, 0)).toBe(`${'x'.repeat(600)}…`);
  const first = previewText(rows, 0, 1);
  expect(first).toHaveLength(601);
  expect(previewText(rows, 0, 1)).toBe(first);
});

test('no more is shown than fits', () => {
  const rows = rowsOf(['abcdef', 'y'.repeat(20_000)]);
  expect(previewText(rows, 0, 0, 3)).toBe('abc…');
  expect(previewText(rows, 0, 0, 6)).toBe('abcdef');
  expect(previewText(rows, 0, 1, 3)).toBe('yyy…');
  expect(previewText(rows, 0, 1, 5)).toBe('yyyyy…');
});
