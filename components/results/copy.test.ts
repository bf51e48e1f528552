import { expect, test } from 'vitest';
import { copyCells } from './copy';
import { rowsOf } from './testing/rows-of';

test('one cell is copied as it is', () => {
  const store = rowsOf(['a "b"\nc']);
  const copied = copyCells(store, { top: 0, bottom: 0, left: 0, right: 0 });
  expect(copied).toEqual({ ok: true, text: 'a "b"\nc', cells: 1 });
});

test('several are tab-separated, quoted where a spreadsheet needs it, NULL empty', () => {
  const store = rowsOf(['x', 'tab\there', null], ['say "hi"', 'line\nbreak', 'plain']);
  const copied = copyCells(store, { top: 0, bottom: 1, left: 0, right: 2 });
  expect(copied.ok && copied.text).toBe('x\t"tab\there"\t\n"say ""hi"""\t"line\nbreak"\tplain');
});

test('too much is refused with what to do instead', () => {
  const store = rowsOf(...Array.from({ length: 60_000 }, () => ['1']));
  const copied = copyCells(store, { top: 0, bottom: 59_999, left: 0, right: 0 });
  expect(copied).toMatchObject({ ok: false, reason: expect.stringContaining('\\copy') });
});
