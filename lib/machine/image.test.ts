import { describe, expect, it } from 'vitest';
import { type ImageFile, type ImageSource, parseManifest, readVerified } from './image';

const GOOD = {
  format: 1,
  image: 'abc',
  postgres: '17.11',
  kernel: '6.12.1',
  cmdline: 'rw',
  files: {
    bzImage: 'bzImage',
    bios: 'bios.bin',
    vgabios: 'vgabios.bin',
    fs: 'fs-1.json',
    root: 'root/',
  },
  bases: { '256': { file: 'state-256.bin.zst', bytes: 3, rawBytes: 9, sha256: 'ff' } },
};

describe('parseManifest', () => {
  it('takes what vm:build writes', () => {
    expect(parseManifest(GOOD).bases['256']?.rawBytes).toBe(9);
  });

  it.each([
    ['nothing', null],
    ['a list', []],
    ['another format', { ...GOOD, format: 2 }],
    ['no image', { ...GOOD, image: '' }],
    ['a path that climbs', { ...GOOD, files: { ...GOOD.files, bios: '../etc/passwd' } }],
    ['a file of another host', { ...GOOD, files: { ...GOOD.files, fs: '//elsewhere/fs' } }],
    ['a negative size', { ...GOOD, bases: { '256': { ...GOOD.bases['256'], bytes: -1 } } }],
  ])('refuses %s as damaged', (_name, json) => {
    expect(() => parseManifest(json)).toThrow(/damaged/);
  });
});

describe('readVerified', () => {
  const abc = Uint8Array.from([97, 98, 99]);
  const file: ImageFile = {
    file: 'abc',
    bytes: 3,
    rawBytes: 3,
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  };
  const source = (bytes: Uint8Array): ImageSource => ({
    manifest: async () => GOOD,
    read: async () => bytes,
    locate: (name) => name,
  });

  it('gives the bytes that have the size and hash of the manifest', async () => {
    expect(await readVerified(source(abc), file, () => {})).toEqual(abc);
  });

  it('refuses a cut file', async () => {
    await expect(readVerified(source(abc.slice(1)), file, () => {})).rejects.toMatchObject({
      code: 'image-damaged',
    });
  });

  it('refuses a file with one flipped bit', async () => {
    await expect(
      readVerified(source(Uint8Array.from([97, 98, 98])), file, () => {}),
    ).rejects.toMatchObject({ code: 'image-damaged' });
  });
});
