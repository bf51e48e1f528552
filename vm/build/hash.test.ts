import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashFile, hashPaths, hashTexts } from './hash';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'warren-hash-'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('hashTexts', () => {
  it('counts where one text ends and the next begins', () => {
    expect(hashTexts(['ab', 'c'])).not.toBe(hashTexts(['a', 'bc']));
    expect(hashTexts(['ab', ''])).not.toBe(hashTexts(['ab']));
    expect(hashTexts(['ab', 'c'])).toBe(hashTexts(['ab', 'c']));
  });
});

describe('hashPaths', () => {
  it('depends on names and contents, not on times or where the folder lies', async () => {
    for (const copy of ['one', 'two']) {
      await mkdir(path.join(folder, copy, 'vm'), { recursive: true });
      await writeFile(path.join(folder, copy, 'vm', 'b'), 'second');
      await writeFile(path.join(folder, copy, 'vm', 'a'), 'first');
    }
    await utimes(path.join(folder, 'two', 'vm', 'a'), 1, 1);
    const one = await hashPaths([path.join(folder, 'one', 'vm')]);
    expect(await hashPaths([path.join(folder, 'two', 'vm')])).toBe(one);
    await writeFile(path.join(folder, 'two', 'vm', 'a'), 'First');
    expect(await hashPaths([path.join(folder, 'two', 'vm')])).not.toBe(one);
  });

  it('fails when a file is missing', async () => {
    await expect(hashPaths([path.join(folder, 'none')])).rejects.toThrow('ENOENT');
  });
});

describe('hashFile', () => {
  it('is SHA-256', async () => {
    await writeFile(path.join(folder, 'abc'), 'abc');
    expect(await hashFile(path.join(folder, 'abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});
