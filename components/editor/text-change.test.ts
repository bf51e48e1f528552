import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { shiftedIndex, textChange } from './text-change';

const applied = (before: string, after: string, caret: number) => {
  const change = textChange(before, after, caret);
  if (!change) return before;
  const { index, removed, inserted } = change;
  return before.slice(0, index) + inserted + before.slice(index + removed);
};

test('a letter among equal ones is inserted where the cursor is', () => {
  expect(textChange('aaa', 'aaaa', 2)).toEqual({ index: 1, removed: 0, inserted: 'a' });
  expect(textChange('aaa', 'aaaa', 4)).toEqual({ index: 3, removed: 0, inserted: 'a' });
});

test('a replaced selection is one change', () => {
  expect(textChange('select 1;', 'select 22;', 9)).toEqual({
    index: 7,
    removed: 1,
    inserted: '22',
  });
  expect(textChange('all of it', '', 0)).toEqual({ index: 0, removed: 9, inserted: '' });
});

test('the same text is no change', () => {
  expect(textChange('x', 'x', 0)).toBeUndefined();
});

test('a surrogate pair is never cut in two', () => {
  expect(textChange('🐇', '🐈', 2)).toEqual({ index: 0, removed: 2, inserted: '🐈' });
});

const LETTERS = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '🐇', '🐈'), maxLength: 12 });

test('the change makes the one text of the other, wherever the cursor is', () => {
  fc.assert(
    fc.property(LETTERS, LETTERS, fc.nat(24), (before, after, caret) => {
      expect(applied(before, after, Math.min(caret, after.length))).toBe(after);
    }),
  );
});

test('an index moves with what others write before it, and stays where they write behind it', () => {
  expect(shiftedIndex(4, [{ insert: 'ab' }])).toBe(6);
  expect(shiftedIndex(4, [{ retain: 4 }, { insert: 'ab' }])).toBe(4);
  expect(shiftedIndex(4, [{ retain: 1 }, { delete: 2 }])).toBe(2);
  expect(shiftedIndex(4, [{ retain: 3 }, { delete: 5 }])).toBe(3);
});

test('the text before an index survives any change of others that keeps it', () => {
  fc.assert(
    fc.property(LETTERS, fc.nat(12), LETTERS, fc.nat(12), (text, index, inserted, at) => {
      const doc = new Y.Doc();
      const ytext = doc.getText();
      ytext.insert(0, text);
      const own = Math.min(index, text.length);
      let shifted = own;
      ytext.observe((event) => {
        shifted = shiftedIndex(own, event.delta);
      });
      const place = Math.min(at, text.length);
      ytext.insert(place, inserted);
      expect(shifted).toBe(place < own ? own + inserted.length : own);
    }),
  );
});
