import { describe, expect, it } from 'vitest';
import { BackendReader } from './backend-reader';
import type { RowBatch } from './row-batch';
import { RowStore } from './row-store';
import { dataRow } from './testing/backend';
import { join } from './testing/split';

function batchOf(...rows: (string | null)[][]): RowBatch {
  const reader = new BackendReader();
  reader.push(join(...rows.map((cells) => dataRow(...cells))));
  const message = reader.next();
  if (message?.type !== 'rows') throw new Error('no rows');
  return message.batch;
}

describe('a batch', () => {
  const batch = batchOf(['1', null, 'ü'], ['', '22', '😀😀😀']);

  it('gives rows and cells as text, and NULL as null', () => {
    expect(batch.rowCount).toBe(2);
    expect(batch.columnCount).toBe(3);
    expect([batch.row(0), batch.row(1)]).toEqual([
      ['1', null, 'ü'],
      ['', '22', '😀😀😀'],
    ]);
    expect([0, 1, 2].map((column) => batch.text(0, column))).toEqual(['1', null, 'ü']);
    expect([0, 1, 2].map((column) => batch.text(1, column))).toEqual(['', '22', '😀😀😀']);
  });

  it('gives a cell as it came', () => {
    expect(batch.raw(0, 2)).toEqual(new TextEncoder().encode('ü'));
    expect(batch.raw(0, 1)).toBeNull();
  });

  it.each([
    [2, 0],
    [-1, 0],
    [0, 3],
    [0, -1],
    [0.5, 0],
    [Number.NaN, 0],
  ])('has no cell %d, %d', (row, column) => {
    expect(() => batch.text(row, column)).toThrow(RangeError);
  });

  it('decodes short and long, ASCII and not, alike', () => {
    for (const unit of ['a', 'é', '😀', '\u0000', '\ufeff']) {
      for (let length = 0; length < 70; length++) {
        const text = unit.repeat(length);
        expect(batchOf([text]).row(0)).toEqual([text]);
        expect(batchOf([`${text}ab`]).row(0)).toEqual([`${text}ab`]);
      }
    }
  });
});

describe('a store', () => {
  const COUNT = 30_000;
  const store = new RowStore();
  for (let i = 0; i < COUNT; i += 3) {
    store.append(batchOf([String(i), null], [String(i + 1), 'x'.repeat(20)], [String(i + 2), '']));
  }

  it('finds every row of every batch', () => {
    expect(store.rowCount).toBe(COUNT);
    for (let i = 0; i < COUNT; i++) {
      expect(store.text(i, 0)).toBe(String(i));
    }
    expect(store.row(4)).toEqual(['4', 'x'.repeat(20)]);
    expect(store.text(3, 1)).toBeNull();
  });

  it('goes on after it has been read', () => {
    const growing = new RowStore();
    for (let i = 0; i < 100; i++) {
      growing.append(batchOf([String(i)]));
      expect(growing.row(i)).toEqual([String(i)]);
    }
    expect(growing.row(0)).toEqual(['0']);
  });

  it('has no rows outside', () => {
    expect(() => store.row(COUNT)).toThrow(RangeError);
    expect(() => store.row(-1)).toThrow(RangeError);
    expect(() => new RowStore().row(0)).toThrow(RangeError);
  });

  it('keeps nothing of the chunks the rows came in', () => {
    const reader = new BackendReader();
    const chunk = join(dataRow('kept'));
    reader.push(chunk);
    const message = reader.next();
    const copied = new RowStore();
    if (message?.type === 'rows') copied.append(message.batch);
    copied.row(0);
    chunk.fill(0);
    expect(copied.row(0)).toEqual(['kept']);
  });

  it('keeps rows without columns', () => {
    const empty = new RowStore();
    empty.append(batchOf([], []));
    expect([empty.rowCount, empty.row(1)]).toEqual([2, []]);
  });
});
