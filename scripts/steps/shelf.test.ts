import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fromShelf } from './shelf.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'warren-shelf-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

/** Makes or takes the output of `clone`; tells whether it had to be made. */
async function make(clone: string, hash: string): Promise<boolean> {
  const folder = path.join(root, clone);
  return fromShelf({
    shelf: path.join(root, 'shelf'),
    hash,
    folder,
    leaveOut: ['cache'],
    work: async () => {
      mkdirSync(path.join(folder, 'cache'), { recursive: true });
      writeFileSync(path.join(folder, 'page'), `page of ${hash}`);
    },
  });
}

test('a second clone takes what the first made, without what is of no use to it', async () => {
  expect(await make('first', '1')).toBe(true);
  expect(await make('second', '1')).toBe(false);
  expect(readFileSync(path.join(root, 'second/page'), 'utf8')).toBe('page of 1');
  expect(existsSync(path.join(root, 'second/cache'))).toBe(false);
});

test('what lay in the place before is gone', async () => {
  await make('first', '1');
  mkdirSync(path.join(root, 'second'));
  writeFileSync(path.join(root, 'second/older'), '');
  await make('second', '1');
  expect(readdirSync(path.join(root, 'second'))).toEqual(['page']);
});

test('two outputs are kept', async () => {
  for (const hash of ['1', '2', '3']) await make('first', hash);
  expect(readdirSync(path.join(root, 'shelf'))).toHaveLength(2);
});
