import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FolderStore } from './folder-store';
import { describeObjectStore } from './testing/contract';

let root: string;
let store: FolderStore;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'warren-objects-'));
  store = await FolderStore.open(root, 0);
});
afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

describeObjectStore('a folder of objects', () => store);

describe('a folder of objects', () => {
  it('leaves no empty folders and no partial files', async () => {
    await store.put('deep/er/still', Buffer.from('x'), 1);
    await store.put('deep/other', Buffer.from('x'), 1);
    await store.delete('deep/er/still');
    expect(await readdir(path.join(root, 'deep'))).toEqual(['other']);
    await store.deletePrefix('deep/');
    expect(await readdir(root)).not.toContain('deep');
    expect(await readdir(path.join(root, '.incoming'))).toEqual([]);
  });

  it('is for nobody else to read', async () => {
    await store.put('private/a', Buffer.from('x'), 1);
    expect((await stat(path.join(root, 'private'))).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(root, 'private/a'))).mode & 0o777).toBe(0o600);
    await store.deletePrefix('private/');
  });

  it('takes away what a crash left half written, and nothing else', async () => {
    const other = path.join(root, 'other');
    await mkdir(path.join(other, '.incoming'), { recursive: true });
    await writeFile(path.join(other, '.incoming/half'), randomBytes(10));
    await writeFile(path.join(other, 'whole'), randomBytes(10));
    const opened = await FolderStore.open(other, 0);
    expect(await readdir(path.join(other, '.incoming'))).toEqual([]);
    expect(await opened.head('whole')).toMatchObject({ length: 10 });
    await rm(other, { recursive: true });
  });

  it('leaves room on the disk for the database', async () => {
    const greedy = await FolderStore.open(root, Number.MAX_SAFE_INTEGER);
    expect(await greedy.room()).toBe(0);
    const refused = greedy.put('a', Buffer.from('x'), 1);
    await expect(refused).rejects.toMatchObject({ code: 'store-full' });
    expect(await store.room()).toBeGreaterThan(0);
  });

  it('says so when the folder is none', async () => {
    const file = path.join(root, 'file');
    await writeFile(file, 'x');
    const opening = FolderStore.open(file);
    await expect(opening).rejects.toMatchObject({ code: 'store-unavailable' });
    await rm(file);
  });
});
