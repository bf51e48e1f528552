import { expect, test } from 'vitest';
import { columnOf } from './column';
import { copyCells } from './copy';
import { rowsOf } from './testing/rows-of';

const text = (name: string) => columnOf(name, 'text', 25);
const ONE = { top: 0, bottom: 0, left: 0, right: 0 };

test('one cell is copied as it is', () => {
  const store = rowsOf(['a "b"\nc']);
  expect(copyCells(store, [text('a')], ONE)).toEqual({ ok: true, text: 'a "b"\nc', cells: 1 });
});

test('several are tab-separated, quoted where a spreadsheet needs it, NULL empty', () => {
  const store = rowsOf(['x', 'tab\there', null], ['say "hi"', 'line\nbreak', 'plain']);
  const columns = ['a', 'b', 'c'].map(text);
  const copied = copyCells(store, columns, { top: 0, bottom: 1, left: 0, right: 2 });
  expect(copied.ok && copied.text).toBe('x\t"tab\there"\t\n"say ""hi"""\t"line\nbreak"\tplain');
});

test('the columns of the range are the ones that are named', () => {
  const store = rowsOf(['1', 'a', 't'], ['2', 'b', 'f'], ['3', 'c', null]);
  const columns = [columnOf('id', 'integer', 23), text('name'), columnOf('ok', 'boolean', 16)];
  const range = { top: 1, bottom: 2, left: 1, right: 2 };
  const as = (format: 'markdown' | 'json' | 'insert') => {
    const copied = copyCells(store, columns, range, format);
    return copied.ok && copied.text;
  };
  expect(as('markdown')).toBe('| name | ok |\n| --- | --- |\n| b | false |\n| c | NULL |\n');
  expect(as('json')).toBe('[\n{"name":"b","ok":false},\n{"name":"c","ok":null}\n]\n');
  expect(as('insert')).toBe(
    "insert into my_table (name, ok) values\n  ('b', false),\n  ('c', null);\n",
  );
});

test('too much is refused with what to do instead', () => {
  const store = rowsOf(...Array.from({ length: 60_000 }, () => ['1']));
  const copied = copyCells(store, [text('a')], { top: 0, bottom: 59_999, left: 0, right: 0 });
  expect(copied).toMatchObject({ ok: false, reason: expect.stringContaining('Download') });
});
