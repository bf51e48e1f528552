import { describe, expect, it } from 'vitest';
import { concat } from '../mux/testing';
import { encodeRecord, MAX_RECORD_BYTES, RecordReader } from './records';

describe('X1 records', () => {
  const bytes = Uint8Array.from({ length: MAX_RECORD_BYTES }, (_, index) => index % 251);
  const records: readonly [number, Uint8Array][] = [
    [1, bytes.subarray(0, 5)],
    [2, bytes.subarray(0, 0)],
    [1, bytes],
    [4, Uint8Array.of(7)],
  ];
  const wire = concat(records.map(([channel, payload]) => encodeRecord(channel, payload)));

  it.each([1, 2, 3, 7, 4_096, 32_768, wire.length])('come back from chunks of %i bytes', (size) => {
    const reader = new RecordReader();
    const read: { channel: number; left: number; pieces: Uint8Array[] }[] = [];
    for (let at = 0; at < wire.length; at += size) {
      for (const { channel, length, bytes } of reader.read(wire.subarray(at, at + size)) ?? []) {
        if (!read.at(-1)?.left) read.push({ channel, left: length, pieces: [] });
        const last = read.at(-1)!;
        expect(channel).toBe(last.channel);
        last.pieces.push(bytes);
        last.left -= bytes.length;
      }
    }
    const whole = read.map(({ channel, pieces }) => [channel, Buffer.from(concat(pieces))]);
    expect(whole).toEqual(records.map(([channel, payload]) => [channel, Buffer.from(payload)]));
  });

  it('are refused when longer than they may be, as soon as the header is there', () => {
    const reader = new RecordReader();
    expect(reader.read(Uint8Array.of(1, 0xfe))).toEqual([]);
    expect(reader.read(Uint8Array.of(0x7f))).toBeUndefined();
    expect(() => encodeRecord(0, new Uint8Array(MAX_RECORD_BYTES + 1))).toThrow(RangeError);
  });
});
