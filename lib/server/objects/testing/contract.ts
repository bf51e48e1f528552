import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { ObjectStoreError } from '../errors';
import type { ObjectStore, StoredObject } from '../types';

/**
 * What every object store promises.
 * @param open gives the store; it is asked before each test, and each test keeps to a folder of its own
 */
export function describeObjectStore(name: string, open: () => ObjectStore): void {
  describe(name, () => {
    let store: ObjectStore;
    let folder: string;

    beforeEach(() => {
      store = open();
      folder = `test-${randomBytes(6).toString('hex')}`;
    });

    const put = async (key: string, bytes: Uint8Array) =>
      await store.put(`${folder}/${key}`, bytes, bytes.length);
    const read = async (key: string) => await bytesOf(await store.get(`${folder}/${key}`));
    const keys = async (prefix = `${folder}/`) => {
      const listed: string[] = [];
      for await (const { key } of store.list(prefix)) listed.push(key.slice(folder.length + 1));
      return listed;
    };

    it.each([0, 1, 4_096, 1024 ** 2, 5 * 1024 ** 2 + 1])('gives back %i bytes', async (length) => {
      const bytes = randomBytes(length);
      await put('a', bytes);
      const stored = await store.get(`${folder}/a`);
      expect(stored?.length).toBe(length);
      expect(hash(await bytesOf(stored))).toBe(hash(bytes));
      expect(await store.head(`${folder}/a`)).toMatchObject({ length });
    });

    it('takes a stream, in pieces of any size', async () => {
      const bytes = randomBytes(300_000);
      const pieces = [bytes.subarray(0, 1), bytes.subarray(1, 70_000), bytes.subarray(70_000)];
      await store.put(`${folder}/a`, Readable.from(pieces), bytes.length);
      expect(hash(await read('a'))).toBe(hash(bytes));
    });

    it.each([
      ['too few', 999],
      ['too many', 1_001],
    ])('refuses a stream of %s bytes, and what was there stays', async (_name, came) => {
      await put('a', Buffer.from('before'));
      const late = store.put(`${folder}/a`, Readable.from([randomBytes(came)]), 1_000);
      await expect(late).rejects.toMatchObject({ code: 'length-wrong' });
      await expect(store.put(`${folder}/b`, randomBytes(came), 1_000)).rejects.toMatchObject({
        code: 'length-wrong',
      });
      expect((await read('a'))?.toString()).toBe('before');
      expect(await keys()).toEqual(['a']);
    });

    it('keeps what was there when a stream fails half-way, and says why', async () => {
      await put('a', Buffer.from('before'));
      async function* cut() {
        yield randomBytes(70_000);
        throw new Error('the connection was cut');
      }
      const failed = store.put(`${folder}/a`, cut(), 200_000);
      await expect(failed).rejects.toThrow('the connection was cut');
      expect((await read('a'))?.toString()).toBe('before');
      expect(await keys()).toEqual(['a']);
    });

    it('replaces an object whole; a reader of the one before is not disturbed', async () => {
      const [before, after] = [randomBytes(3_000_000), randomBytes(10)];
      await put('a', before);
      const reading = await store.get(`${folder}/a`);
      await put('a', after);
      expect(hash(await bytesOf(reading))).toBe(hash(before));
      expect(hash(await read('a'))).toBe(hash(after));
    });

    it('takes puts at the same moment; one of them wins whole', async () => {
      const bodies = Array.from({ length: 8 }, () => randomBytes(50_000));
      await Promise.all(bodies.map((bytes) => put('a', bytes)));
      expect(bodies.map(hash)).toContain(hash(await read('a')));
    });

    it('knows nothing of what is not there', async () => {
      await put('a/b', Buffer.from('b'));
      for (const key of ['none', 'a', 'none/at/all']) {
        expect(await store.get(`${folder}/${key}`)).toBeUndefined();
        expect(await store.head(`${folder}/${key}`)).toBeUndefined();
      }
      expect(await keys(`${folder}-none/`)).toEqual([]);
    });

    it('deletes, also twice', async () => {
      await put('x/a', Buffer.from('a'));
      await put('x/b', Buffer.from('b'));
      for (const _time of [1, 2]) await store.delete(`${folder}/x/a`);
      expect(await read('x/a')).toBeUndefined();
      expect(await keys()).toEqual(['x/b']);
    });

    it('deletes a folder and not its neighbours, also twice', async () => {
      for (const key of ['one/1', 'one/2/3', 'one-more/1', 'on/1'])
        await put(key, Buffer.from(key));
      for (const _time of [1, 2]) await store.deletePrefix(`${folder}/one/`);
      expect(await keys()).toEqual(['on/1', 'one-more/1']);
    });

    it('lists by the order of keys, with lengths and times', async () => {
      const began = Date.now();
      for (const key of ['a/b/c', 'a0', 'a-b/c', 'a/a', 'z', '0']) {
        await put(key, Buffer.from(key));
      }
      expect(await keys()).toEqual(['0', 'a-b/c', 'a/a', 'a/b/c', 'a0', 'z']);
      expect(await keys(`${folder}/a/`)).toEqual(['a/a', 'a/b/c']);
      for await (const { key, length, modifiedAt } of store.list(`${folder}/`)) {
        expect(length).toBe(key.length - folder.length - 1);
        // Some stores tell whole seconds only.
        expect(Math.abs(modifiedAt - began)).toBeLessThan(60_000);
      }
    });

    it('lists and deletes more objects than fit on a page of S3', async () => {
      const names = Array.from({ length: 1_100 }, (_, n) => `many/${String(n).padStart(6, '0')}`);
      for (let at = 0; at < names.length; at += 50) {
        await Promise.all(names.slice(at, at + 50).map((name) => put(name, Buffer.from('x'))));
      }
      expect(await keys()).toEqual(names);
      await store.deletePrefix(`${folder}/many/`);
      expect(await keys()).toEqual([]);
    });

    it('makes a folder again that is deleted at the same moment', async () => {
      for (let round = 0; round < 20; round++) {
        await Promise.all([
          put('x/y/a', Buffer.from('a')),
          store.deletePrefix(`${folder}/x/y/`),
          store.delete(`${folder}/x/y/b`),
        ]);
      }
      await put('x/y/a', Buffer.from('a'));
      expect(await keys()).toEqual(['x/y/a']);
    });

    it.each([
      '',
      '/',
      '/a',
      'a/',
      'a//b',
      '..',
      'a/../b',
      'A',
      'a.b',
      'a b',
      'a\0',
      'a\n',
      'é',
      'a\\b',
      'x'.repeat(129),
      'x/'.repeat(300),
    ])('refuses the key %j', async (key) => {
      const calls: readonly (() => Promise<unknown>)[] = [
        () => store.put(key, Buffer.from('x'), 1),
        () => store.get(key),
        () => store.head(key),
        () => store.delete(key),
        () => store.deletePrefix(`${key}/`),
        () => store.deletePrefix(key),
        () => store.list(key)[Symbol.asyncIterator]().next(),
      ];
      for (const [index, call] of calls.entries()) {
        // `a/` is no key, but a good prefix.
        if (key === 'a/' && index > 4) continue;
        const refused = await call().catch((error: unknown) => error);
        expect(refused).toBeInstanceOf(ObjectStoreError);
        expect(refused).toMatchObject({ code: 'key-malformed' });
      }
    });
  });
}

async function bytesOf(stored: StoredObject | undefined): Promise<Buffer | undefined> {
  if (!stored) return undefined;
  const parts: Buffer[] = [];
  for await (const part of stored.body) parts.push(part);
  return Buffer.concat(parts);
}

function hash(bytes: Uint8Array | undefined): string {
  return createHash('sha256')
    .update(bytes ?? 'none')
    .digest('hex');
}
