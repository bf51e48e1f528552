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
  ])('names %s when it is %j, and does not repeat its value', (name, value) => {
    const read = () => readConfig({ [name]: value });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(name);
    expect(read).not.toThrow(value);
  });

  it('wants certificate and key together', () => {
    expect(() => readConfig({ TLS_CERT: FILE })).toThrow(/TLS_KEY is missing/);
  });

  it('names all faults at once', () => {
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT[\s\S]*LOG_LEVEL/);
  });
});
