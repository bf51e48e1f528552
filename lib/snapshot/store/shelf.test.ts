import 'fake-indexeddb/auto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, test } from 'vitest';
import { openIndexedDbShelf } from './indexed-db';
import { openNodeShelf } from './node-folder';
import { openOpfsShelf } from './opfs';
import { opfsInMemory } from './testing/opfs-in-memory';
import { SHELF_CONTRACT } from './testing/shelf-contract';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'warren-shelf-'));
  globalThis.indexedDB = new IDBFactory();
});

afterEach(() => rm(folder, { recursive: true }));

describe.each([
  ['a folder under Node', async () => openNodeShelf(folder)],
  ['the origin private file system', () => openOpfsShelf(opfsInMemory())],
  ['IndexedDB', () => openIndexedDbShelf(undefined)],
])('in %s', (_, open) => {
  test.each(SHELF_CONTRACT)('$title', async ({ check }) => check(await open()));
});
