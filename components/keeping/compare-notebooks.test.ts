import { describe, expect, test } from 'vitest';
import { compareNotebooks, describeRestore, type SpokenCell } from './compare-notebooks';

const cell = (id: string, text: string, rest: Partial<SpokenCell['cell']> = {}): SpokenCell => ({
  cell: { id, kind: 'sql', place: id, ...rest },
  text,
});
const notebook = (...cells: SpokenCell[]) => ({ title: 'Shop', cells });

const a = cell('a', 'select 1');
const b = cell('b', 'select 2');
const c = cell('c', 'select 3');

describe('a version beside the present', () => {
  test('that is equal needs no restoring', () => {
    const same = compareNotebooks(notebook(a, b), notebook(a, b));
    expect(same.cells.map(({ kind }) => kind)).toEqual(['same', 'same']);
    expect(describeRestore(same)).toBeUndefined();
  });

  test('tells cells that went, came and changed', () => {
    const changed = cell('b', 'select 22');
    const found = compareNotebooks(notebook(a, b), notebook(changed, c));
    expect(found.cells).toEqual([
      { kind: 'gone', past: a },
      { kind: 'changed', past: b, present: changed },
    ]);
    expect(found.added).toEqual([c]);
    expect(describeRestore(found)).toBe('brings back 1 cell, changes 1 cell and removes 1 cell');
  });

  test('a cell that only looks at its result otherwise, or is of another kind, is changed', () => {
    const asPlan = cell('a', 'select 1', { view: { kind: 'plan', as: 'tree' } });
    const asText = cell('b', 'select 2', { kind: 'text' });
    const found = compareNotebooks(notebook(a, b), notebook(asPlan, asText));
    expect(describeRestore(found)).toBe('changes 2 cells');
  });

  test('a cell between others does not put them into another order; a move does', () => {
    expect(compareNotebooks(notebook(a, b), notebook(a, c, b)).isReordered).toBe(false);
    const moved = compareNotebooks(notebook(a, b, c), notebook(b, a, c));
    expect(moved.isReordered).toBe(true);
    expect(describeRestore(moved)).toBe('puts the cells into another order');
  });

  test('its place alone changes nothing, the title does', () => {
    const elsewhere = cell('a', 'select 1', { place: 'zz' });
    const found = compareNotebooks(notebook(a), { title: 'Store', cells: [elsewhere] });
    expect(found.cells).toEqual([{ kind: 'same', past: a }]);
    expect(describeRestore(found)).toBe('changes the title');
  });

  test('an empty notebook compares too', () => {
    expect(describeRestore(compareNotebooks(notebook(), notebook(a, b)))).toBe('removes 2 cells');
  });
});
