import { expect, test } from 'vitest';
import {
  clampHeight,
  decodeDock,
  encodeDock,
  FIRST_MEMORY,
  highest,
  LOWEST_PX,
} from './dock-memory';

test('what was written is read again', () => {
  const memory = { height: 444, tab: 'log' } as const;
  expect(decodeDock(encodeDock(memory))).toEqual(memory);
});

test('anything else is as on the first day', () => {
  const strange = [null, '', 'null', '{', '[]', '{"height":"9","tab":"x"}', '{"height":-5}', '7'];
  for (const text of strange) expect(decodeDock(text)).toEqual(FIRST_MEMORY);
});

test('the dock never covers the window, nor vanishes', () => {
  expect(clampHeight(5000, 1000)).toBe(850);
  expect(clampHeight(3, 1000)).toBe(LOWEST_PX);
  expect(clampHeight(Number.POSITIVE_INFINITY, 100)).toBe(highest(100));
});
