import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashInputs, unlessUnchanged } from './stamp.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'warren-stamp-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(file: string, content = ''): void {
  const absolute = path.join(root, file);
  mkdirSync(path.dirname(absolute), { recursive: true });
  writeFileSync(absolute, content);
}

/** Whether the work was done for these inputs. */
async function builds(hash: string, work: () => Promise<void> = async () => write('out')) {
  const outputs = [path.join(root, 'out')];
  return unlessUnchanged({ stamp: path.join(root, 'stamps/pages'), hash, outputs, work });
}

test('the same inputs are not built twice, changed ones are', async () => {
  expect(await builds('1')).toBe(true);
  expect(await builds('1')).toBe(false);
  expect(await builds('2')).toBe(true);
  expect(await builds('1')).toBe(true);
});

test('a lost output is built again', async () => {
  await builds('1');
  rmSync(path.join(root, 'out'));
  expect(await builds('1')).toBe(true);
});

test('a build that failed is begun again, though an older success had the same inputs', async () => {
  await builds('1');
  const fail = () => Promise.reject(new Error('no space'));
  await expect(builds('2', fail)).rejects.toThrow('no space');
  expect(await builds('1')).toBe(true);
});

test('the hash follows content, names and settings, but neither tests nor what is built', () => {
  const hash = (...settings: string[]) => hashInputs(root, ['lib', 'public', 'gone'], settings);
  write('lib/a.ts', '1');
  const before = hash();
  write('lib/a.test.ts', 'x');
  write('lib/testing/fake.ts', 'x');
  write('lib/node_modules/ws/index.js', 'x');
  write('public/vm/manifest.json', 'x');
  write('elsewhere.ts', 'x');
  expect(hash()).toBe(before);
  expect(hash('v20')).not.toBe(before);
  write('lib/a.ts', '2');
  expect(hash()).not.toBe(before);
  write('lib/a.ts', '1');
  expect(hash()).toBe(before);
  write('lib/b.ts');
  expect(hash()).not.toBe(before);
});

test('text that moves from one file to the next changes the hash', () => {
  write('lib/a', '12');
  write('lib/b', '3');
  const before = hashInputs(root, ['lib']);
  write('lib/a', '1');
  write('lib/b', '23');
  expect(hashInputs(root, ['lib'])).not.toBe(before);
});
