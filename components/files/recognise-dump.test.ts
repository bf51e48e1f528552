import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lookAtDump } from './look-at-dump';
import { HEAD_BYTES, recogniseDump } from './recognise-dump';

const dump = (name: string): Buffer =>
  readFileSync(fileURLToPath(new URL(`testing/dumps/${name}`, import.meta.url)));
const text = (value: string) => new TextEncoder().encode(value);
const MADE_BY = '15.18 (Debian 15.18-0+deb12u1)';

describe('dumps of the real pg_dump 15', () => {
  test.each([
    ['shop-15.dump', { format: 'custom', database: 'shop', madeBy: MADE_BY }],
    ['shop-15.tar', { format: 'tar', database: 'shop', madeBy: MADE_BY }],
    ['shop-15.sql', { format: 'plain', database: undefined, madeBy: MADE_BY }],
    ['create-15.sql', { format: 'cluster', database: undefined, madeBy: MADE_BY }],
    ['cluster-15.sql', { format: 'cluster', database: undefined, madeBy: MADE_BY }],
  ])('%s', async (name, expected) => {
    const bytes = dump(name);
    // The name tells nothing here.
    expect(recogniseDump(bytes.subarray(0, HEAD_BYTES), 'x')).toEqual({
      kind: 'dump',
      dump: expected,
    });
    const packed = new File([gzipSync(bytes)], 'x.gz');
    expect(await lookAtDump({ kind: 'local', file: packed })).toEqual({
      kind: 'dump',
      dump: expected,
      isGzip: true,
    });
  });

  test('a head of version 1.15 has its compression in one byte', () => {
    const old = dump('shop-15.dump');
    const head = Buffer.concat([old.subarray(0, 11), Buffer.of(1), old.subarray(16)]);
    head[6] = 15;
    expect(recogniseDump(head, 'x')).toMatchObject({ dump: { database: 'shop', madeBy: MADE_BY } });
  });

  test('a head that is cut or lies is a dump without its names', () => {
    const bytes = dump('shop-15.dump');
    for (let length = 11; length < 60; length++) {
      expect(recogniseDump(bytes.subarray(0, length), 'x')).toMatchObject({
        kind: 'dump',
        dump: { format: 'custom', database: undefined },
      });
    }
    const lying = Buffer.from(bytes);
    lying.fill(0xff, 16);
    expect(recogniseDump(lying, 'x')).toMatchObject({ dump: { madeBy: undefined } });
  });
});

describe('what is no dump gets a sentence', () => {
  const newer = dump('shop-15.dump');
  newer[6] = 17;
  const otherTar = dump('shop-15.tar');
  otherTar.write('toc.txt\0');
  const directoryTar = dump('shop-15.tar');
  directoryTar[512 + 10] = 5;
  test.each([
    ['nothing', Buffer.alloc(0), /empty/],
    ['a newer archive', newer, /1\.17/],
    ['a directory dump’s contents', dump('directory-15-toc.dat'), /table of contents/],
    ['another tar', otherTar, /toc\.dat/],
    ['a directory dump in a tar', directoryTar, /directory format/],
    ['zstd', Buffer.of(0x28, 0xb5, 0x2f, 0xfd, 0), /zstd/],
    ['zip', Buffer.from('PK\x03\x04'), /zip/],
    ['UTF-16', Buffer.from('\ufeffselect 1', 'utf16le'), /UTF-16/],
    ['zero bytes', Buffer.from('select 1\0'), /no dump/],
    ['five letters alone', Buffer.from('PGDMP'), /no dump/],
  ])('%s', (_, bytes, why) => {
    const seen = recogniseDump(bytes, 'x');
    expect(seen).toMatchObject({ kind: 'none', why: expect.stringMatching(why) });
  });

  test('a script without a heading is one by its name only', () => {
    const script = text('create table a ();\n');
    expect(recogniseDump(script, 'a.SQL')).toMatchObject({ dump: { format: 'plain' } });
    expect(recogniseDump(script, 'notes.txt')).toMatchObject({ kind: 'none' });
    expect(recogniseDump(text('id,name\n1,a\n'), 'a.csv')).toMatchObject({ kind: 'none' });
  });

  test('any bytes, any name: an answer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), fc.string(), (bytes, name) => {
        expect(['dump', 'gzip', 'none']).toContain(recogniseDump(bytes, name).kind);
        expect(recogniseDump(Buffer.concat([Buffer.from('PGDMP'), bytes]), name)).toBeDefined();
      }),
    );
  });

  test('gzip: damaged, twice, of something else, and a bomb', async () => {
    const look = (bytes: Uint8Array<ArrayBuffer>) =>
      lookAtDump({ kind: 'local', file: new File([bytes], 'x.sql.gz') });
    const script = Buffer.from(gzipSync('select 1;\n'));
    expect(await look(script)).toMatchObject({ kind: 'dump', isGzip: true });
    expect(await look(script.subarray(0, 12))).toMatchObject({
      why: expect.stringMatching(/damaged/),
    });
    expect(await look(Buffer.from(gzipSync(script)))).toMatchObject({
      why: expect.stringMatching(/twice/),
    });
    // 200 MB of zeros in 200 KB: only its head is unpacked.
    expect(await look(Buffer.from(gzipSync(Buffer.alloc(200_000_000))))).toMatchObject({
      kind: 'none',
    });
  });
});
