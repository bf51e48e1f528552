import { describe, expect, it } from 'vitest';
import {
  decodeMetadata,
  decodeOpenMetadata,
  encodeMetadata,
  type Metadata,
  metadataValue,
  metadataValues,
} from './metadata';
import { ascii } from './testing';

function execOf(pairs: number): Metadata {
  return [['kind', 'exec'], ...Array.from({ length: pairs - 1 }, () => ['arg', 'x'] as const)];
}

describe('metadata', () => {
  it('M1 pairs come out in order, repeated keys included', () => {
    const metadata: Metadata = [
      ['kind', 'exec'],
      ['arg', 'printf'],
      ['arg', ''],
      ['env', 'ÜMLAUT=ß ☃'],
      ['arg', '%s'],
    ];
    expect(decodeMetadata(encodeMetadata(metadata))).toEqual(metadata);
    expect(metadataValue(metadata, 'arg')).toBe('printf');
    expect(metadataValue(metadata, 'cwd')).toBeUndefined();
    expect(metadataValues(metadata, 'arg')).toEqual(['printf', '', '%s']);
  });

  it('M1 the bytes are key NUL value NUL', () => {
    expect(encodeMetadata([['kind', 'pg']])).toEqual(ascii('kind\0pg\0'));
    expect(decodeMetadata(new Uint8Array(0))).toEqual([]);
  });

  it.each([
    ['no final NUL', 'kind\0pg'],
    ['a key without value', 'kind\0'],
    ['an empty key', '\0pg\0'],
    ['a capital', 'Kind\0pg\0'],
    ['a key that begins with a digit', '1kind\0pg\0'],
    ['a key of 33 characters', `${'k'.repeat(33)}\0pg\0`],
    ['a key beyond ASCII', 'kÿnd\0pg\0'],
    ['17 pairs', 'kind\0pg\0'.repeat(17)],
    ['65 pairs of exec', `kind\0exec\0${'arg\0x\0'.repeat(64)}`],
    ['over 4,096 bytes', `kind\0${'x'.repeat(4_096)}\0`],
  ])('M1 refuses %s', (_what, text) => {
    expect(decodeMetadata(ascii(text))).toBeNull();
  });

  it('M1 refuses what is not UTF-8', () => {
    expect(decodeMetadata(Uint8Array.of(107, 0, 0xc3, 0x28, 0))).toBeNull();
    expect(decodeMetadata(Uint8Array.of(107, 0, 0xed, 0xa0, 0x80, 0))).toBeNull();
  });

  it('M1 takes 16 pairs, and 64 of exec', () => {
    expect(decodeMetadata(ascii('kind\0pg\0'.repeat(16)))).toHaveLength(16);
    expect(decodeMetadata(encodeMetadata(execOf(64)))).toHaveLength(64);
  });

  it('M1 never encodes what a peer would refuse', () => {
    expect(() => encodeMetadata([['Kind', 'pg']])).toThrow(RangeError);
    expect(() => encodeMetadata([['kind', 'a\0b']])).toThrow(RangeError);
    expect(() => encodeMetadata([['kind', 'x'.repeat(4_096)]])).toThrow(RangeError);
    expect(() => encodeMetadata(execOf(65))).toThrow(RangeError);
  });

  it('M2 the first key of OPEN is kind', () => {
    expect(decodeOpenMetadata(ascii('kind\0pg\0role\0editor\0'))).toHaveLength(2);
    expect(decodeOpenMetadata(ascii('role\0editor\0kind\0pg\0'))).toBeNull();
    expect(decodeOpenMetadata(new Uint8Array(0))).toBeNull();
  });
});
