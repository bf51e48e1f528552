import { describe, expect, test } from 'vitest';
import { FolderReader, MAX_ENTRIES } from './file-list';

const line = (over: object = {}) =>
  `${JSON.stringify({ name: btoa('a'), type: 'file', size: 1, mode: 420, mtime: 1, user: 'root', ...over })}\n`;

function read(text: string, cutEvery = Infinity) {
  const reader = new FolderReader();
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += cutEvery) {
    reader.push(bytes.subarray(at, Math.min(at + cutEvery, bytes.length)));
  }
  return reader.finish();
}

describe('D4: the lines of a list', () => {
  test('cut anywhere, with names of any bytes', () => {
    const text = line() + line({ name: btoa('\xff\n'), type: 'directory' });
    const entries = read(text, 1);
    expect(entries.map(({ name }) => name)).toEqual(['a', '\uDCFF\n']);
    expect(entries[1]).toMatchObject({ type: 'directory', size: 1, mode: 420, user: 'root' });
  });

  test('an empty folder', () => expect(read('')).toEqual([]));

  test.each([
    ['no JSON', 'x\n'],
    ['no object', '7\n'],
    ['null', 'null\n'],
    ['a cut line', line().slice(0, -1)],
    ['a name that is no base64', line({ name: '*' })],
    ['a name with a slash', line({ name: btoa('../x') })],
    ['the folder itself', line({ name: btoa('..') })],
    ['no name', line({ name: '' })],
    ['a size below zero', line({ size: -1 })],
    ['a size that is text', line({ size: '1' })],
    ['a type of its own', line({ type: 'socket' })],
    ['a line without end', 'x'.repeat(3000)],
    ['a user that is none', line({ user: {} })],
  ])('%s is refused', (_, text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'failed' }));
  });

  test('takes so many entries and no more', () => {
    const reader = new FolderReader();
    const chunk = new TextEncoder().encode(line().repeat(MAX_ENTRIES));
    reader.push(chunk);
    expect(reader.cut).toBe(false);
    expect(() => reader.push(new TextEncoder().encode(line()))).toThrow();
    expect(reader.cut).toBe(true);
    expect(reader.finish()).toHaveLength(MAX_ENTRIES);
  });
});
