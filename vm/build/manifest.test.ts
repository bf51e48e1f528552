import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../lib/machine/image';
import { buildManifest, upstreamVersion } from './manifest';

const packages = [
  {
    name: 'postgresql-17',
    version: '17.11-0+deb13u1',
    arch: 'source',
    sha256: 'ab',
    source: 'postgresql-17 17.11-0+deb13u1',
  },
];
const base = { file: 'state-256-0123456789ab.bin.zst', bytes: 10, rawBytes: 20, sha256: 'cd' };
const parts = {
  inputs: '0123456789abcdef',
  packages,
  kernel: '6.12.107',
  cmdline: 'rw',
  files: { bzImage: 'bzImage', bios: 'b.bin', vgabios: 'v.bin', fs: 'fs-1.json', root: 'root/' },
  bases: new Map([
    [1024, base],
    [256, base],
  ]),
};

describe('buildManifest', () => {
  it('is what lib/machine reads', () => {
    const read = parseManifest(JSON.parse(JSON.stringify(buildManifest(parts))));
    expect(read.postgres).toBe('17.11');
    expect(read.kernel).toBe('6.12.107');
    expect(Object.keys(read.bases)).toEqual(['256', '1024']);
    expect(read.bases['256']).toEqual(base);
  });

  it('fails without PostgreSQL', () => {
    expect(() => buildManifest({ ...parts, packages: [] })).toThrow('postgresql-17');
  });
});

describe('upstreamVersion', () => {
  it('drops epoch and revision, and only the last revision', () => {
    const versions = { a: '1:1.37.0-6+b9', b: '2.12.7+dfsg+really2.9.14-2.1', c: '20250419' };
    const records = Object.entries(versions).map(([name, version]) => ({
      ...packages[0]!,
      name,
      version,
    }));
    expect(upstreamVersion(records, 'a')).toBe('1.37.0');
    expect(upstreamVersion(records, 'b')).toBe('2.12.7+dfsg+really2.9.14');
    expect(upstreamVersion(records, 'c')).toBe('20250419');
  });
});
