import { beforeEach, expect, test, vi } from 'vitest';

beforeEach(() => {
  vi.resetModules();
});

async function roomOf(storage: Partial<StorageManager>) {
  const { storageRoom } = await import('./storage-room');
  return storageRoom(storage as StorageManager);
}

const estimate = async () => ({ usage: 10, quota: 100 });

test('storage that lasts is asked for once', async () => {
  const persist = vi.fn(async () => true);
  const storage = { estimate, persist, persisted: async () => false };
  expect(await roomOf(storage)).toEqual({ usedBytes: 10, quotaBytes: 100, persisted: true });
  await roomOf(storage);
  expect(persist).toHaveBeenCalledTimes(1);
});

test('it is not asked for where it lasts already', async () => {
  const persist = vi.fn(async () => true);
  const storage = { estimate, persist, persisted: async () => true };
  expect((await roomOf(storage)).persisted).toBe(true);
  expect(persist).not.toHaveBeenCalled();
});

test('in a Worker, which may not ask, it is told as it is', async () => {
  const storage = { estimate: async () => ({}), persisted: async () => false };
  expect(await roomOf(storage)).toEqual({
    usedBytes: 0,
    quotaBytes: undefined,
    persisted: false,
  });
});
