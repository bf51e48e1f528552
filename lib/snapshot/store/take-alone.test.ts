import { expect, test } from 'vitest';
import { takeAlone } from './take-alone';

/** As browsers' Web Locks do with `ifAvailable`: held until what the callback returns is settled. */
function webLocks(): LockManager {
  const held = new Set<string>();
  const request = async (
    name: string,
    _options: LockOptions,
    callback: (lock: Lock | null) => Promise<unknown>,
  ) => {
    if (held.has(name)) return callback(null);
    held.add(name);
    try {
      return await callback({ name, mode: 'exclusive' });
    } finally {
      held.delete(name);
    }
  };
  return { request } as unknown as LockManager;
}

test.each([
  ['with Web Locks', webLocks()],
  ['without', undefined],
])('%s one has a name until it lets go', async (_, locks) => {
  const letGo = await takeAlone('a', locks);
  expect(letGo).toBeDefined();
  expect(await takeAlone('a', locks)).toBeUndefined();
  const other = await takeAlone('b', locks);
  expect(other).toBeDefined();
  await letGo?.();
  await letGo?.();
  const again = await takeAlone('a', locks);
  expect(again).toBeDefined();
  await again?.();
  await other?.();
});

test('locks that are refused are an error', async () => {
  const request = () => Promise.reject(new DOMException('', 'SecurityError'));
  const locks = { request } as unknown as LockManager;
  await expect(takeAlone('a', locks)).rejects.toThrow(DOMException);
});
