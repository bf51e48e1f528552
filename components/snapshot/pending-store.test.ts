import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { dropDump, findDump, keepDump } from './pending-store';

test('a dump is kept under its playground until it is dropped', async () => {
  const dump = new Blob([Uint8Array.of(1, 2, 0, 255)]);
  await keepDump('aaaaaaaaaaaa', { dump, isBegun: false });
  expect(await findDump('bbbbbbbbbbbb')).toBeUndefined();
  const found = await findDump('aaaaaaaaaaaa');
  expect(found?.isBegun).toBe(false);
  await keepDump('aaaaaaaaaaaa', { dump, isBegun: true });
  expect((await findDump('aaaaaaaaaaaa'))?.isBegun).toBe(true);
  await dropDump('aaaaaaaaaaaa');
  await dropDump('aaaaaaaaaaaa');
  expect(await findDump('aaaaaaaaaaaa')).toBeUndefined();
});
