import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../config-error';
import { createLog } from '../log';
import { openObjectStore } from './open-store';
import { S3Store } from './s3-store';
import { describeObjectStore } from './testing/contract';
import { RadosGateway } from './testing/radosgw';
import type { ObjectStore } from './types';

const log = createLog('silent');

describe('a real S3 server', () => {
  let gateway: RadosGateway;
  let store: ObjectStore;

  beforeAll(async () => {
    gateway = await RadosGateway.start();
    // The bucket is not there yet: it is made.
    store = await openObjectStore({ kind: 's3', ...gateway.settings }, log);
  });
  afterAll(async () => {
    store?.close();
    await gateway?.stop();
  });

  describeObjectStore('through S3', () => store);

  it('is opened again when the bucket is there', async () => {
    await store.put('kept/a', Buffer.from('x'), 1);
    const again = await openObjectStore({ kind: 's3', ...gateway.settings }, log);
    expect(await again.head('kept/a')).toMatchObject({ length: 1 });
    again.close();
  });

  it.each([
    ['a key that it does not know', { accessKeyId: 'unknown-key-id' }],
    ['a secret that is wrong', { secretAccessKey: 'not-the-secret' }],
  ])('with %s is a fault of the configuration, told without values', async (_name, wrong) => {
    const settings = { ...gateway.settings, ...wrong };
    const opening = openObjectStore({ kind: 's3', ...settings }, log);
    const error = await opening.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigError);
    expect(String(error)).toMatch(/S3_BUCKET.*S3_ENDPOINT/);
    const { accessKeyId, secretAccessKey } = settings;
    for (const value of [accessKeyId, secretAccessKey]) expect(String(error)).not.toContain(value);
  });

  it('that does not answer is told, and keeps nobody from starting', async () => {
    const settings = { ...gateway.settings, endpoint: 'http://127.0.0.1:9' };
    const away = await openObjectStore({ kind: 's3', ...settings }, log);
    for (const call of [() => away.head('a'), () => away.put('a', Buffer.from('x'), 1)]) {
      const error = await call().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'store-unavailable' });
      expect(JSON.stringify(error)).not.toContain(settings.accessKeyId);
      expect((error as Error).cause).toBeUndefined();
    }
    away.close();
  });

  it('does not keep a bucket from being asked for by name', async () => {
    const missing = new S3Store({ ...gateway.settings, bucket: 'never-made' });
    await expect(missing.put('a', Buffer.from('x'), 1)).rejects.toThrow(/NoSuchBucket/);
    missing.close();
  });
});
