import { describe, expect, test } from 'vitest';
import { at, contains, FIRST_CELL, moveSelection, rectangleOf } from './selection';

const size = { rows: 100, columns: 5 };
const press = (key: string, { shift = false, command = false } = {}) => ({ key, shift, command });
const move = (from: { row: number; column: number }, key: ReturnType<typeof press>) =>
  moveSelection(at(from), key, size, 20)?.active;

describe('moving', () => {
  test('arrows move by one and stop at the edges', () => {
    expect(move({ row: 3, column: 2 }, press('ArrowDown'))).toEqual({ row: 4, column: 2 });
    expect(move({ row: 0, column: 0 }, press('ArrowUp'))).toEqual({ row: 0, column: 0 });
    expect(move({ row: 99, column: 4 }, press('ArrowRight'))).toEqual({ row: 99, column: 4 });
  });

  test('with Ctrl they go to the edge', () => {
    expect(move({ row: 3, column: 2 }, press('ArrowDown', { command: true }))?.row).toBe(99);
    expect(move({ row: 3, column: 2 }, press('Home', { command: true }))).toEqual({
      row: 0,
      column: 0,
    });
  });

  test('pages are as tall as what is seen', () => {
    expect(move({ row: 50, column: 0 }, press('PageUp'))?.row).toBe(30);
    expect(move({ row: 90, column: 0 }, press('PageDown'))?.row).toBe(99);
  });

  test('other keys are not the grid’s', () => {
    expect(move({ row: 0, column: 0 }, press('x'))).toBeUndefined();
    expect(move({ row: 0, column: 0 }, press('Tab'))).toBeUndefined();
  });
});

test('shift keeps the anchor, and the rectangle spans both however they lie', () => {
  const start = at({ row: 10, column: 3 });
  const up = moveSelection(start, press('PageUp', { shift: true }), size, 5);
  const left = moveSelection(up!, press('ArrowLeft', { shift: true }), size, 5)!;
  const rectangle = rectangleOf(left);
  expect(rectangle).toEqual({ top: 5, bottom: 10, left: 2, right: 3 });
  expect(contains(rectangle, { row: 7, column: 2 })).toBe(true);
  expect(contains(rectangle, { row: 7, column: 4 })).toBe(false);
});

test('Ctrl+A takes everything', () => {
  const all = moveSelection(FIRST_CELL, press('a', { command: true }), size, 5)!;
  expect(rectangleOf(all)).toEqual({ top: 0, bottom: 99, left: 0, right: 4 });
});

test('Shift+Space selects the rows that are touched, Ctrl+Space the columns', () => {
  const some = { anchor: { row: 7, column: 3 }, active: { row: 5, column: 2 } };
  const rows = moveSelection(some, press(' ', { shift: true }), size, 20);
  expect(rows && rectangleOf(rows)).toEqual({ top: 5, bottom: 7, left: 0, right: 4 });
  const columns = moveSelection(some, press(' ', { command: true }), size, 20);
  expect(columns && rectangleOf(columns)).toEqual({ top: 0, bottom: 99, left: 2, right: 3 });
});
