import { expect, test } from 'vitest';
import { errorSpan, lineAndColumn } from './error-span';

const marked = (text: string, index: number) => {
  const { start, end } = errorSpan(text, index);
  return text.slice(start, end);
};

test('the word at the place is marked, with its schema and its umlauts', () => {
  expect(marked('select * from öde.tabelle where x', 14)).toBe('öde.tabelle');
  expect(marked('selct 1', 0)).toBe('selct');
});

test('an operator is marked by its character', () => {
  expect(marked('select 1 + + ;', 13)).toBe(';');
});

test('an error at the end marks the last character', () => {
  expect(marked('select 1 +', 10)).toBe('+');
  expect(errorSpan('', 5)).toEqual({ start: 0, end: 0 });
});

test('lines and columns count from one', () => {
  expect(lineAndColumn('a\nbc\nd', 3)).toEqual({ line: 2, column: 2 });
  expect(lineAndColumn('', 0)).toEqual({ line: 1, column: 1 });
});
