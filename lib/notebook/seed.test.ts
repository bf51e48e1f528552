import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { cellText, readNotebook } from './read';
import { FIRST_CELL, isSeeded, seedUpdate } from './seed';
import { exchange } from './testing/documents';

/** Documents that exist begin with these bytes: another seed would be another cell beside theirs. */
const BYTES =
  '010501002801046d65746106736368656d61017d0127010563656c6c730c6669727374303063656c6c300128000101046b696e6401770373716c2800010105706c616365017701562700010106736f757263650200';

it('D7: the seed is the same whoever makes it', () => {
  expect(Buffer.from(seedUpdate()).toString('hex')).toBe(BYTES);
});

it('D7: a document begins with one empty SQL cell', () => {
  const doc = new Y.Doc();
  expect(isSeeded(doc)).toBe(false);
  expect(readNotebook(doc).standing).toBe('empty');
  Y.applyUpdate(doc, seedUpdate());
  expect(isSeeded(doc)).toBe(true);
  expect(readNotebook(doc)).toEqual({
    title: '',
    standing: 'usable',
    values: new Map(),
    cells: [{ id: FIRST_CELL, kind: 'sql', place: 'V' }],
  });
});

it('D7: applied again, or by two at once, it changes nothing', () => {
  const [a, b] = [new Y.Doc(), new Y.Doc()];
  for (const doc of [a, b]) Y.applyUpdate(doc, seedUpdate());
  cellText(a, FIRST_CELL)?.insert(0, 'a');
  cellText(b, FIRST_CELL)?.insert(0, 'b');
  Y.applyUpdate(a, seedUpdate());
  exchange(a, b);
  Y.applyUpdate(b, seedUpdate());
  expect(readNotebook(a).cells).toHaveLength(1);
  expect(cellText(a, FIRST_CELL)?.toString()).toMatch(/^(ab|ba)$/);
  expect(cellText(b, FIRST_CELL)?.toString()).toBe(cellText(a, FIRST_CELL)?.toString());
});

it('D7: a first cell that was deleted does not come back', () => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, seedUpdate());
  doc.getMap('cells').delete(FIRST_CELL);
  const later = new Y.Doc();
  Y.applyUpdate(later, Y.encodeStateAsUpdate(doc));
  Y.applyUpdate(later, seedUpdate());
  expect(isSeeded(later)).toBe(true);
  expect(readNotebook(later).cells).toEqual([]);
});
