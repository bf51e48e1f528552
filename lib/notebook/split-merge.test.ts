import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readResult, setResult } from './shared-run';
import { mergeCellWithNext, mergeCellWithPrevious, splitCell } from './split-merge';
import { documentWith, texts } from './testing/documents';

function one(text: string, kind: 'sql' | 'text' | 'input' = 'sql') {
  const { doc, ids } = documentWith({ kind, text });
  return { doc, id: ids[0] ?? '' };
}

describe('splitting', () => {
  it.each([
    ['a\nb', 1, ['a', 'b']],
    ['a\nb', 2, ['a', 'b']],
    ['ab', 1, ['a', 'b']],
    ['ab', 0, ['', 'ab']],
    ['ab', 99, ['ab', '']],
    ['ab', -5, ['', 'ab']],
    ['a\n\nb', 2, ['a', '\nb']],
    ['x😀y', 2, ['x', '😀y']],
  ])('%j at %i gives %j', (text, at, expected) => {
    const { doc, id } = one(text);
    expect(splitCell(doc, id, at)).toMatchObject({ done: true });
    expect(texts(doc)).toEqual(expected);
  });

  it('refuses input cells and cells that are gone', () => {
    const { doc, id } = one('a', 'input');
    expect(splitCell(doc, id, 0)).toEqual({ done: false, refusal: 'different-kinds' });
    expect(splitCell(doc, 'gone00000000', 0)).toEqual({ done: false, refusal: 'no-such-cell' });
  });
});

it('joining what was split at a line’s end gives the text back', () => {
  const lines = fc.array(fc.stringMatching(/^[a-z😀]{1,5}$/u), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(lines, fc.nat(), (parts, chance) => {
      const text = parts.join('\n');
      const { doc, id } = one(text);
      splitCell(doc, id, parts.slice(0, 1 + (chance % (parts.length - 1))).join('\n').length);
      mergeCellWithNext(doc, id);
      expect(texts(doc)).toEqual([text]);
    }),
  );
});

describe('joining', () => {
  it('keeps the upper cell and its result, with the texts one below the other', () => {
    const { doc, ids } = documentWith({ kind: 'sql', text: 'a' }, { kind: 'sql', text: 'b' });
    const [a = '', b = ''] = ids;
    const run = { by: 'me', at: 1, elapsedMs: 1, statementCount: 1, statements: [] };
    for (const id of [a, b]) setResult(doc, id, run);
    expect(mergeCellWithPrevious(doc, b)).toEqual({ done: true, cell: a });
    expect(texts(doc)).toEqual(['a\nb']);
    expect(readResult(doc, a)).toEqual(run);
    expect(doc.getMap('results').has(b)).toBe(false);
  });

  it('refuses where nothing is, different kinds, and too much text', () => {
    const long = 'x'.repeat(600_000);
    const { doc, ids } = documentWith(
      { kind: 'sql', text: long },
      { kind: 'sql', text: long },
      { kind: 'text' },
    );
    const [a = '', b = '', c = ''] = ids;
    expect(mergeCellWithPrevious(doc, a)).toEqual({ done: false, refusal: 'at-the-edge' });
    expect(mergeCellWithNext(doc, c)).toEqual({ done: false, refusal: 'at-the-edge' });
    expect(mergeCellWithNext(doc, a)).toEqual({ done: false, refusal: 'text-too-long' });
    expect(mergeCellWithNext(doc, b)).toEqual({ done: false, refusal: 'different-kinds' });
    expect(texts(doc)).toHaveLength(3);
  });
});
