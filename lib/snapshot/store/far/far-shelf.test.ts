import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { storeError } from '../errors';
import { openNodeShelf } from '../node-folder';
import { SHELF_CONTRACT } from '../testing/shelf-contract';
import type { Shelf } from '../types';
import { farShelf } from './far-shelf';
import { serveShelf } from './serve-shelf';

let folder = '';
let ports: readonly MessagePort[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'warren-far-'));
});
afterEach(async () => {
  for (const port of ports) port.close();
  await rm(folder, { recursive: true });
});

/** Both ends in one thread; what goes between them is cloned and transferred all the same. */
function joined(shelf: Promise<Shelf>): ReturnType<typeof farShelf> {
  const { port1, port2 } = new MessageChannel();
  ports = [port1, port2];
  serveShelf(shelf, port1);
  return farShelf(port2);
}

describe('a shelf in another thread', () => {
  test.each(SHELF_CONTRACT)('$title', async ({ check }) => {
    await check(joined(Promise.resolve(openNodeShelf(folder))).shelf);
  });

  test('a shelf that is refused is told to each who asks', async () => {
    const { shelf } = joined(Promise.reject(storeError('storage-refused')));
    await expect(shelf.list()).rejects.toMatchObject({ code: 'storage-refused' });
    await expect(shelf.folder('m')).rejects.toMatchObject({ code: 'storage-refused' });
  });

  test('a write that finds no room says so', async () => {
    const full = openNodeShelf(folder);
    const { shelf } = joined(
      Promise.resolve({
        ...full,
        folder: async (name) => ({
          ...(await full.folder(name)),
          open: async () => ({
            ...(await (await full.folder(name)).open('f')),
            write: async () => {
              throw new DOMException('The disk is full.', 'QuotaExceededError');
            },
          }),
        }),
      }),
    );
    const file = await (await shelf.folder('m')).open('f');
    await expect(file.write(0, new Uint8Array(1))).rejects.toMatchObject({ code: 'storage-full' });
  });

  test('what is under way when the thread ends fails, and what comes after it', async () => {
    const { shelf, fail } = joined(new Promise(() => {}));
    const listing = shelf.list();
    fail(new Error('gone'));
    await expect(listing).rejects.toMatchObject({ code: 'storage-refused' });
    await expect(shelf.list()).rejects.toMatchObject({ code: 'storage-refused' });
  });
});
