import { expect, test } from 'vitest';
import { asStoreError, ifThere, storeError } from './errors';

test.each([
  [new DOMException('', 'QuotaExceededError'), 'storage-full'],
  [Object.assign(new Error(), { code: 'ENOSPC' }), 'storage-full'],
  [new DOMException('', 'NoModificationAllowedError'), 'in-use'],
  [new DOMException('', 'NotFoundError'), 'missing'],
  [new DOMException('', 'SecurityError'), 'storage-refused'],
  [new TypeError('no'), 'storage-refused'],
  ['a text', 'storage-refused'],
  [undefined, 'storage-refused'],
  [storeError('damaged'), 'damaged'],
])('%s is %s', (thrown, code) => {
  expect(asStoreError(thrown).code).toBe(code);
});

test('what cannot be explained names its reason', () => {
  expect(asStoreError(new Error('the disk is on fire')).message).toContain('the disk is on fire');
});

test('only what is missing is undefined', async () => {
  const failing = (name: string) => () => Promise.reject(new DOMException('', name));
  expect(await ifThere(failing('NotFoundError'))).toBeUndefined();
  await expect(ifThere(failing('SecurityError'))).rejects.toMatchObject({
    code: 'storage-refused',
  });
});
