import { describe, expect, it } from 'vitest';
import { connectionString } from './connection-string';

const PARTS = { playground: 'abcdefghijkl', link: 'linklink', secret: 'A'.repeat(22) };

describe('the connection string', () => {
  it('is the one of docs/architecture.md', () => {
    expect(connectionString(PARTS, { host: 'db.example', port: 6432, tls: true })).toBe(
      `postgres://linklink.abcdefghijkl:${'A'.repeat(22)}@db.example:6432/postgres?sslmode=require`,
    );
  });

  it('puts an IPv6 address into brackets', () => {
    const text = connectionString(PARTS, { host: '::1', port: 6432, tls: true });
    expect(text).toContain('@[::1]:6432/');
    expect(new URL(text).hostname).toBe('[::1]');
  });

  it('does not ask for TLS where there is none', () => {
    const text = connectionString(PARTS, { host: '127.0.0.1', port: 6432, tls: false });
    expect(text).toMatch(/\?sslmode=disable$/);
  });
});
