import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, expect, test, vi } from 'vitest';
import { openKeptMachine } from './kept-machine';
import { openShelf } from './open-shelf';
import { opfsInMemory } from './testing/opfs-in-memory';
import { captureOf, momentOf, textOf } from './testing/small-machine';

afterEach(() => {
  vi.unstubAllGlobals();
});

function withHandles(storage: StorageManager): void {
  vi.stubGlobal('navigator', { storage });
  vi.stubGlobal(
    'FileSystemFileHandle',
    class {
      createSyncAccessHandle(): void {}
    },
  );
}

test('the origin private file system comes first', async () => {
  const storage = opfsInMemory();
  withHandles(storage);
  await (await openShelf()).folder('m');
  const root = await storage.getDirectory();
  await expect(root.getDirectoryHandle('warren-machines-2')).resolves.toBeDefined();
});

test('where it is refused, or has no handles, IndexedDB takes its place', async () => {
  const getDirectory = () => Promise.reject(new DOMException('', 'SecurityError'));
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('navigator', {});
  await (await openShelf()).folder('one');
  withHandles({ getDirectory } as unknown as StorageManager);
  expect(await (await openShelf()).list()).toEqual(['one']);
});

test('where there is neither, storage is refused', async () => {
  vi.stubGlobal('indexedDB', undefined);
  await expect(openShelf()).rejects.toMatchObject({ code: 'storage-refused' });
  vi.stubGlobal('indexedDB', {
    open() {
      throw new DOMException('private', 'SecurityError');
    },
  });
  await expect(openShelf()).rejects.toMatchObject({ code: 'storage-refused' });
});

test.each(['throws', 'writes-less'] as const)(
  'storage that is full and %s leaves what was there',
  async (whenFull) => {
    const room = { fileBytes: 40_000, whenFull };
    withHandles(opfsInMemory(room));
    const machine = await openKeptMachine(await (await openShelf()).folder('m'));
    const first = { savedAt: 1, versions: new Map([[1, 1]]) };
    await machine.write(captureOf(first, machine.latestTable));
    const large = new Map(Array.from({ length: 50 }, (_, page) => [page, 2]));
    const second = { savedAt: 2, versions: large };
    const writing = machine.write(captureOf(second, machine.latestTable));
    await expect(writing).rejects.toMatchObject({ code: 'storage-full' });
    const latest = await machine.read('latest');
    expect(latest && textOf(await momentOf(latest))).toBe(textOf(first));
    room.fileBytes = 400_000;
    await machine.write(captureOf(second, machine.latestTable));
    const after = await machine.read('latest');
    expect(after && textOf(await momentOf(after))).toBe(textOf(second));
  },
);
