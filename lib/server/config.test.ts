import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config';

const FILE = fileURLToPath(import.meta.url);

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      pgPort: 6432,
      dataDir: `${process.cwd()}/.data`,
      publicUrl: undefined,
      database: { kind: 'embedded' },
      tls: { kind: 'self-signed' },
      logLevel: 'info',
      trustProxyHops: 0,
      pages: true,
      objects: { kind: 'folder', path: `${process.cwd()}/.data/objects` },
      snapshots: { maxBytes: 1024 ** 3, ttlMaxSeconds: 30 * 86_400 },
    });
  });

  it('takes an empty variable for an absent one', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' }).port).toBe(3000);
  });

  it('reads what is given', () => {
    const config = readConfig({
      PUBLIC_URL: 'https://warren.example/',
      DATABASE_URL: 'postgres://u:p@h/d',
      TLS_CERT: FILE,
      TLS_KEY: FILE,
      TRUST_PROXY: '1',
      WARREN_NO_PAGES: '1',
    });
    expect(config).toMatchObject({
      publicUrl: 'https://warren.example',
      database: { kind: 'server', url: 'postgres://u:p@h/d' },
      tls: { kind: 'files', certPath: FILE, keyPath: FILE },
      trustProxyHops: 1,
      pages: false,
    });
  });

  it.each([
    ['PORT', '65536'],
    ['PG_PORT', 'many'],
    ['HOST', 'not an address'],
    ['PUBLIC_URL', 'https://warren.example/path'],
    ['PUBLIC_URL', 'ftp://warren.example'],
    ['DATABASE_URL', 'mysql://secret@h/d'],
    ['TLS_CERT', '/nowhere.pem'],
    ['LOG_LEVEL', 'loud'],
    ['TRUST_PROXY', '-1'],
    ['WARREN_NO_PAGES', 'yes'],
    ['SNAPSHOT_MAX_MB', '0'],
    ['SNAPSHOT_MAX_MB', '70000'],
    ['SNAPSHOT_TTL_MAX', '59m'],
    ['SNAPSHOT_TTL_MAX', '366d'],
    ['SNAPSHOT_TTL_MAX', 'for ever'],
    ['S3_ENDPOINT', 's3.example'],
    ['S3_ENDPOINT', 'https://user@s3.example'],
    ['S3_BUCKET', 'No Bucket'],
    ['S3_REGION', 'over there'],
  ])('names %s when it is %j, and does not repeat its value', (name, value) => {
    const read = () => readConfig({ [name]: value });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(name);
    expect(read).not.toThrow(value);
  });

  it('wants certificate and key together', () => {
    expect(() => readConfig({ TLS_CERT: FILE })).toThrow(/TLS_KEY is missing/);
  });

  it.each([
    ['12h', 43_200],
    ['90m', 5_400],
    ['2d', 172_800],
    ['7200', 7_200],
    ['7200s', 7_200],
  ])('reads the time %s', (SNAPSHOT_TTL_MAX, seconds) => {
    expect(readConfig({ SNAPSHOT_TTL_MAX }).snapshots.ttlMaxSeconds).toBe(seconds);
  });

  const S3 = {
    S3_ENDPOINT: 'https://s3.example',
    S3_BUCKET: 'warren',
    S3_REGION: 'eu-1',
    S3_ACCESS_KEY_ID: 'an id',
    S3_SECRET_ACCESS_KEY: 'a secret',
  };

  it('takes S3 when all of it is given', () => {
    expect(readConfig(S3).objects).toEqual({
      kind: 's3',
      endpoint: 'https://s3.example',
      bucket: 'warren',
      region: 'eu-1',
      accessKeyId: 'an id',
      secretAccessKey: 'a secret',
    });
  });

  it.each(Object.keys(S3))('names %s when it alone is missing from S3, and no value', (name) => {
    const read = () => readConfig({ ...S3, [name]: '' });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(new RegExp(`${name} is missing`));
    for (const value of Object.values(S3)) expect(read).not.toThrow(value);
  });

  it('names all faults at once', () => {
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT[\s\S]*LOG_LEVEL/);
  });
});
