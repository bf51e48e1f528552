import { describe, expect, it } from 'vitest';
import { MessageWriter } from './message-writer';

describe('MessageWriter', () => {
  it('writes a type, a length that counts itself, and the body', () => {
    const bytes = new MessageWriter().begin('Q').cstring('ok').end().take();
    expect([...bytes]).toEqual([0x51, 0, 0, 0, 7, 0x6f, 0x6b, 0]);
  });

  it('writes a message without type, and several in one buffer', () => {
    const bytes = new MessageWriter().begin().int16(-2).end().begin('S').end().take();
    expect([...bytes]).toEqual([0, 0, 0, 6, 0xff, 0xfe, 0x53, 0, 0, 0, 4]);
  });

  it('counts the bytes of UTF-8, not characters', () => {
    const bytes = new MessageWriter().begin('d').lengthAndText('ü😀').end().take();
    expect([...bytes.subarray(1, 9)]).toEqual([0, 0, 0, 14, 0, 0, 0, 6]);
  });

  it('grows, and hands out bytes it does not touch again', () => {
    const writer = new MessageWriter();
    const long = 'é'.repeat(100_000);
    const first = writer.begin('Q').cstring(long).end().take();
    const second = writer.begin('S').end().take();
    expect(first.length).toBe(1 + 4 + 200_000 + 1);
    expect(new TextDecoder().decode(first.subarray(5, -1))).toBe(long);
    expect([...second]).toEqual([0x53, 0, 0, 0, 4]);
  });
});
