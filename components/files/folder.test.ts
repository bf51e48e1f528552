import { describe, expect, test } from 'vitest';
import type { FolderEntry } from '@/lib/machine/file-list';
import { nextOrder, ordered } from './entry-order';
import { crumbsOf, joinPath, ownerIn, parentOf } from './path';
import { ended, NO_OUTPUT, withOutput } from './program-output';
import { localName, shownName } from './shown-name';
import { clashQuestion, planUpload } from './upload-plan';

const entry = (name: string, over: Partial<FolderEntry> = {}): FolderEntry => ({
  ...{ name, type: 'file', size: 1, mode: 0o644, mtime: 0, user: 'postgres' },
  ...over,
});

describe('names as they are shown', () => {
  test.each([
    ['plain name.sql', 'plain name.sql'],
    ['two\nlines\t', 'two\\nlines\\t'],
    ['back\\slash', 'back\\\\slash'],
    ['caf\uDCE9', 'caf\\xe9'],
    ['\x1b[31m', '\\x1b[31m'],
    // Would be shown as gpj.exe.
    ['\u202eexe.jpg', '\\u{202e}exe.jpg'],
    ['兎🐇', '兎🐇'],
  ])('%j', (name, shown) => expect(shownName(name)).toBe(shown));

  test('names for this computer', () => {
    expect(localName('../a:b\n\uDCE9.')).toBe('_a_b__');
    expect(localName('...')).toBe('file');
    expect(localName('data 兎.csv')).toBe('data 兎.csv');
  });
});

test('paths', () => {
  expect(joinPath('/', 'a')).toBe('/a');
  expect(joinPath('/files', 'a')).toBe('/files/a');
  expect([parentOf('/files/a'), parentOf('/files'), parentOf('/')]).toEqual(['/files', '/', '/']);
  expect(crumbsOf('/files/a').map(({ path }) => path)).toEqual(['/', '/files', '/files/a']);
  expect([ownerIn('/files'), ownerIn('/files/a'), ownerIn('/filesx')]).toEqual([
    'postgres',
    'postgres',
    'root',
  ]);
});

test('folders come first in every order', () => {
  const entries = [
    entry('b10', { size: 1 }),
    entry('b9', { size: 5 }),
    entry('z', { type: 'directory' }),
  ];
  const names = (key: 'name' | 'size', descending: boolean) =>
    ordered(entries, { key, descending }).map(({ name }) => name);
  expect(names('name', false)).toEqual(['z', 'b9', 'b10']);
  expect(names('name', true)).toEqual(['z', 'b10', 'b9']);
  expect(names('size', false)).toEqual(['z', 'b10', 'b9']);
  const order = nextOrder({ key: 'name', descending: false }, 'size');
  expect(order).toEqual({ key: 'size', descending: true });
  expect(nextOrder(order, 'size').descending).toBe(false);
});

describe('what becomes of files that are brought', () => {
  const folder = (entries: FolderEntry[], freeBytes = 100) => ({
    ...{ entries, freeBytes, totalBytes: 1000, cut: false },
  });
  const file = (name: string, size = 1) => ({ name, size });

  test('new ones go, others are asked about', () => {
    const plan = planUpload([file('a'), file('b')], folder([entry('b')]));
    expect(plan).toEqual({ fresh: [file('a')], clashing: [file('b')], refusals: [] });
    expect(clashQuestion(plan.clashing)).toBe('“b” is here already. Replace it?');
    expect(clashQuestion([file('a'), file('b')])).toBe('2 files are here already. Replace them?');
  });

  test.each([
    ['..', /means a folder/],
    ['a/b', /slash/],
    ['兎'.repeat(100), /300 bytes/],
    ['d', /not a file/],
  ])('%j is left out with a sentence', (name, why) => {
    const plan = planUpload([file(name), file('x')], folder([entry('d', { type: 'directory' })]));
    expect(plan.fresh).toEqual([file('x')]);
    expect(plan.refusals).toEqual([expect.stringMatching(why)]);
  });

  test('two of one name: the second is left out', () => {
    expect(planUpload([file('a'), file('a')], folder([])).refusals).toHaveLength(1);
  });

  test('without room nothing begins', () => {
    const plan = planUpload([file('a', 60), file('b', 60)], folder([]));
    expect(plan).toMatchObject({ fresh: [], clashing: [] });
    expect(plan.refusals[0]).toMatch(/120 bytes, and 100 bytes are free/);
    expect(planUpload([file('a', 100)], folder([])).fresh).toHaveLength(1);
  });
});

describe('what a program says', () => {
  test('errors are counted wherever the text is cut', () => {
    const text =
      'pg_restore: creating TABLE "public.a"\npg_restore: error: could not\nDETAIL: ERROR: no\n' +
      'psql:<stdin>:3: ERROR:  relation\npsql:/files/a:9: FATAL:  x\nERROR:  y\nlast';
    for (let cut = 0; cut <= text.length; cut++) {
      const half = withOutput(NO_OUTPUT, text.slice(0, cut));
      const output = ended(withOutput(half, text.slice(cut)));
      expect(output).toMatchObject({ errors: 4, firstError: 'pg_restore: error: could not' });
      expect(output.lines).toEqual(text.split('\n'));
    }
  });

  test('a flood is bounded, and its first error is kept', () => {
    let output = withOutput(NO_OUTPUT, 'ERROR:  first\n');
    for (let index = 0; index < 50; index++) output = withOutput(output, 'x\n'.repeat(100));
    output = withOutput(output, 'y'.repeat(1_000_000));
    expect(output.lines.length).toBe(500);
    expect(output.rest.length).toBeLessThanOrEqual(2_000);
    expect(output).toMatchObject({ errors: 1, firstError: 'ERROR:  first' });
    expect(output.droppedLines).toBeGreaterThan(4_500);
  });
});
