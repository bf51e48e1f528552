import { describe, expect, it } from 'vitest';
import { buildFsJson, type RootEntry } from './fs-json';

const folder = (path: string): RootEntry => ({ kind: 'folder', path, mode: 0o755, uid: 0, gid: 0 });
const file = (path: string, bytes = 3): RootEntry => ({
  kind: 'file',
  path,
  mode: 0o644,
  uid: 999,
  gid: 998,
  bytes,
  blob: 'abc.bin.zst',
});
const entries: RootEntry[] = [
  folder('usr'),
  folder('usr/bin'),
  file('usr/bin/psql'),
  folder('usr-local'),
  { kind: 'link', path: 'bin', target: 'usr/bin' },
];

describe('buildFsJson', () => {
  it('writes files, folders and links as v86 reads them', () => {
    expect(buildFsJson(entries, 7)).toEqual({
      version: 3,
      size: 3,
      fsroot: [
        ['bin', 7, 7, 0o120777, 0, 0, 'usr/bin'],
        [
          'usr',
          0,
          7,
          0o40755,
          0,
          0,
          [['bin', 0, 7, 0o40755, 0, 0, [['psql', 3, 7, 0o100644, 999, 998, 'abc.bin.zst']]]],
        ],
        ['usr-local', 0, 7, 0o40755, 0, 0, []],
      ],
    });
  });

  it('gives the same bytes for the same entries in any order', () => {
    const expected = JSON.stringify(buildFsJson(entries, 7));
    for (let turn = 1; turn < entries.length; turn++) {
      const turned = [...entries.slice(turn), ...entries.slice(0, turn)];
      expect(JSON.stringify(buildFsJson(turned, 7))).toBe(expected);
    }
    expect(JSON.stringify(buildFsJson([...entries].reverse(), 7))).toBe(expected);
  });

  it('refuses an entry without its folder and a path that occurs twice', () => {
    expect(() => buildFsJson([file('etc/passwd')], 7)).toThrow('the folder of etc/passwd');
    expect(() => buildFsJson([folder('etc'), folder('etc')], 7)).toThrow('etc occurs twice');
  });
});
