import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DiffLine, diffLines } from './diff-lines';

const SIGNS = { same: ' ', removed: '-', added: '+' } as const;
const show = (found: readonly DiffLine[]) => found.map(({ kind, line }) => SIGNS[kind] + line);
const side = (found: readonly DiffLine[], without: DiffLine['kind']) =>
  found
    .filter(({ kind }) => kind !== without)
    .map(({ line }) => line)
    .join('\n');

describe('lines that changed', () => {
  test('stand between those that did not', () => {
    const found = diffLines('select a,\n  b\nfrom t', 'select a,\n  c\nfrom t\nlimit 1');
    expect(show(found)).toEqual([' select a,', '-  b', '+  c', ' from t', '+limit 1']);
  });

  test('nothing becomes something and back', () => {
    expect(show(diffLines('', 'select 1'))).toEqual(['-', '+select 1']);
    expect(show(diffLines('a', 'a'))).toEqual([' a']);
  });

  test('both texts can be read from it again', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [from, to] = [one.join('\n'), other.join('\n')];
        const found = diffLines(from, to);
        expect(side(found, 'added')).toBe(from);
        expect(side(found, 'removed')).toBe(to);
      }),
      { numRuns: 300 },
    );
  });

  test('long texts without a line in common are told', () => {
    const long = (word: string) =>
      Array.from({ length: 20_000 }, (_, line) => `${word} ${line}`).join('\n');
    expect(diffLines(long('a'), long('b'))).toHaveLength(40_000);
  });
});
