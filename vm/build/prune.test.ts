import { describe, expect, it } from 'vitest';
import { isKept } from './prune';

describe('isKept', () => {
  it.each([
    'usr/lib/postgresql/17/bin/postgres',
    'usr/lib/i386-linux-gnu/libc.so.6',
    'usr/lib/i386-linux-gnu/perl-base/strict.pm',
    'usr/share/terminfo/x/xterm-256color',
    'usr/share/perl-is-not-this',
    'usr/share/postgresql/17/extension/vector.control',
  ])('keeps %s', (path) => expect(isKept(path)).toBe(true));

  it.each([
    'usr/share/doc',
    'usr/share/doc/libc6/copyright',
    'usr/lib/i386-linux-gnu/libsqlite3.so.0.8.6',
    'usr/lib/postgresql/17/lib/libpq.a',
    'usr/lib/python3.13/test/support/__init__.py',
    'usr/share/terminfo/v/vt52',
  ])('leaves out %s', (path) => expect(isKept(path)).toBe(false));
});
