import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { readNotebook } from './read';
import { setInput, setTitle, setValue, setView } from './settings';
import { documentWith } from './testing/documents';

it('D2: the title is one line of at most 200 characters', () => {
  const { doc } = documentWith();
  setTitle(doc, '  A\n\ttitle ');
  expect(readNotebook(doc).title).toBe('A title');
  setTitle(doc, `${'x'.repeat(199)}😀`);
  expect(readNotebook(doc).title).toBe('x'.repeat(199));
});

it('a cell keeps how its result is looked at', () => {
  const { doc, ids } = documentWith({ kind: 'sql' });
  const [id = ''] = ids;
  const view = { kind: 'chart', chart: 'bar', x: 'a', y: ['b'] } as const;
  setView(doc, id, view);
  expect(readNotebook(doc).cells[0]?.view).toEqual(view);
  const before = Y.encodeStateAsUpdate(doc);
  setView(doc, id, view);
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
  setView(doc, id, undefined);
  expect(readNotebook(doc).cells[0]?.view).toBeUndefined();
});

it('an input cell asks for what it is told, if that is a name', () => {
  const { doc, ids } = documentWith({ kind: 'input' }, { kind: 'sql' });
  const [id = '', sql = ''] = ids;
  const input = { name: 'größe', type: 'choice', options: ['S', 'M'] } as const;
  expect(setInput(doc, id, input)).toEqual({ done: true, cell: id });
  expect(readNotebook(doc).cells[0]?.input).toEqual(input);
  expect(setInput(doc, sql, input)).toEqual({ done: false, refusal: 'different-kinds' });
  for (const name of ['', 'a b', '1a', 'a$', "x'", 'x'.repeat(64)]) {
    expect(setInput(doc, id, { ...input, name })).toEqual({ done: false, refusal: 'not-valid' });
  }
});

it('values are kept by name, and taken away', () => {
  const { doc } = documentWith();
  setValue(doc, 'a', '1');
  setValue(doc, '__proto__', '2');
  expect(readNotebook(doc).values).toEqual(
    new Map([
      ['a', '1'],
      ['__proto__', '2'],
    ]),
  );
  setValue(doc, 'a', undefined);
  expect(readNotebook(doc).values.has('a')).toBe(false);
  expect(setValue(doc, 'a b', '1')).toEqual({ done: false, refusal: 'not-valid' });
  expect(setValue(doc, 'a', 'x'.repeat(10_001))).toEqual({ done: false, refusal: 'not-valid' });
});
