import { describe, expect, it } from 'vitest';
import { negotiateVersion } from './negotiation';

function negotiate(major: number, minor: number, ...names: string[]) {
  return negotiateVersion({ major, minor }, new Map(names.map((name) => [name, 'x'])));
}

function reply(major: number, minor: number, ...names: string[]): number[] | undefined {
  const result = negotiate(major, minor, ...names);
  return result.ok && result.reply ? [...result.reply] : undefined;
}

describe('negotiating the version', () => {
  it.each([0, 2])('serves 3.%d as asked', (minor) => {
    expect(negotiate(3, minor, 'user', 'database')).toEqual({
      ok: true,
      version: { major: 3, minor },
    });
  });

  it.each([
    [1, 0],
    [3, 2],
    [9999, 2],
    [65535, 2],
  ])('answers 3.%d with 3.%d and says so', (asked, served) => {
    expect(negotiate(3, asked)).toMatchObject({ ok: true, version: { major: 3, minor: served } });
    expect(reply(3, asked)).toEqual([0x76, 0, 0, 0, 12, 0, 3, 0, served, 0, 0, 0, 0]);
  });

  it('names the protocol options it does not know, and no other parameters', () => {
    const name = [...new TextEncoder().encode('_pq_.compress\0')];
    expect(reply(3, 0, 'user', '_pq_.compress', 'options')).toEqual([
      0x76,
      0,
      0,
      0,
      12 + name.length,
      0,
      3,
      0,
      0,
      0,
      0,
      0,
      1,
      ...name,
    ]);
  });

  it.each([
    [2, 0],
    [4, 0],
    [0, 0],
    [1234, 5677],
  ])('refuses %d.%d with 0A000', (major, minor) => {
    expect(negotiate(major, minor)).toMatchObject({
      ok: false,
      error: { severity: 'FATAL', code: '0A000' },
    });
  });
});
