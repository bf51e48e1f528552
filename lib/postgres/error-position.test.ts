import { expect, it } from 'vitest';
import { errorOffset } from './error-position';

it.each([
  ['select x', 8, 7],
  ['select x', 1, 0],
  ['äöü x', 5, 4],
  ['😀 x', 3, 3],
  ["'😀😀' x", 6, 7],
  ['a\u0301 x', 4, 3],
  ['\ud83d x', 3, 2],
  ['x', 2, 1],
  ['x', 99, 1],
  ['x', 0, 0],
  ['', 1, 0],
])('in %j position %d is index %d', (sql, position, index) => {
  expect(errorOffset(sql, position)).toBe(index);
});
