import { describe, expect, it } from 'vitest';
import { nameBrowser, nameProgram } from './client-name';

describe('the name of a client', () => {
  it.each([
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36',
      'Chrome on Linux',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Safari/604.1',
      'Safari on iOS',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15) Gecko/20100101 Firefox/145.0',
      'Firefox on macOS',
    ],
    ['curl/8', ''],
    [undefined, ''],
  ])('%s', (userAgent, name) => {
    expect(nameBrowser(userAgent)).toBe(name);
  });

  it('of a program is cut and made printable', () => {
    expect(nameProgram('psql')).toBe('psql');
    expect(nameProgram(undefined)).toBe('');
    expect(nameProgram(`a\u0007b\u202e${'x'.repeat(100)}`)).toBe(`a b ${'x'.repeat(60)}`);
  });
});
