import { describe, expect, it } from 'vitest';
import { encodeFrame, encodeReset, FRAME_TYPES, type Frame, writeHeader } from './frame';
import { FrameDecoder } from './frame-decoder';
import { MAX_PAYLOAD_BYTES } from './limits';
import { Random } from './random';
import { ascii, concat, framesOf, helloFrame, NONCE } from './testing';

const ONE_OF_EACH: Frame[] = [
  helloFrame(),
  { type: 'open', stream: 1, metadata: ascii('kind\0pg\0') },
  { type: 'accept', stream: 1, metadata: new Uint8Array(0) },
  { type: 'data', stream: 0xffff_ffff, bytes: ascii('select 1') },
  { type: 'data', stream: 3, bytes: new Random(1).bytes(MAX_PAYLOAD_BYTES) },
  { type: 'credit', stream: 1, bytes: 2 ** 31 - 1 },
  { type: 'end', stream: 1 },
  { type: 'reset', stream: 1, reason: { code: 'revoked', text: 'gelöscht' } },
  { type: 'ping', payload: NONCE },
  { type: 'pong', payload: NONCE },
  { type: 'goodbye', reason: { code: 'shutting-down', text: '' }, retryAfterMs: 4_000_000_000 },
  { type: 'ack', bytes: 0xffff_ffff },
];

/** What a decoder says to one header followed by `length` zero bytes. */
function decodeHeader(type: number, flags: number, length: number, stream: number) {
  const decoder = new FrameDecoder();
  const bytes = new Uint8Array(8 + length);
  writeHeader(bytes, 0, 'data', stream, length);
  bytes[0] = type;
  bytes[1] = flags;
  decoder.push(bytes);
  return decoder.next();
}

describe('frames', () => {
  it('F1 a header is type, flags, length and stream, little-endian', () => {
    const frame = encodeFrame({ type: 'data', stream: 0x0403_0201, bytes: new Uint8Array(0x0102) });
    expect([...frame.subarray(0, 8)]).toEqual([4, 0, 0x02, 0x01, 0x01, 0x02, 0x03, 0x04]);
  });

  it('F4 HELLO has magic, version, reserved, window and nonce', () => {
    const frame = encodeFrame(helloFrame(0x0102_0304));
    expect([...frame]).toEqual([
      ...[1, 0, 24, 0, 0, 0, 0, 0],
      ...ascii('WARRENMX'),
      ...[1, 0, 0, 0, 4, 3, 2, 1],
      ...NONCE,
    ]);
  });

  it('F4 every type comes out as it went in', () => {
    expect(framesOf(concat(ONE_OF_EACH.map(encodeFrame)))).toEqual(ONE_OF_EACH);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'F1 frames are found in bytes cut anywhere, seed %i',
    (seed) => {
      const random = new Random(seed);
      const bytes = concat(ONE_OF_EACH.map(encodeFrame));
      const decoder = new FrameDecoder();
      const frames: Frame[] = [];
      for (let at = 0; at < bytes.length; ) {
        const length = random.between(0, random.pick([1, 3, 9, 40, 5_000]));
        decoder.push(bytes.slice(at, at + length));
        at += length;
        for (let frame = decoder.next(); frame; frame = decoder.next()) frames.push(frame as Frame);
      }
      expect(frames).toEqual(ONE_OF_EACH);
    },
  );

  it('F1 a payload that lies whole in a chunk is not copied', () => {
    const chunk = encodeFrame({ type: 'data', stream: 1, bytes: ascii('whole') });
    const [frame] = framesOf(chunk);
    expect(frame?.type === 'data' && frame.bytes.buffer).toBe(chunk.buffer);
  });

  it.each([
    ['F2', 4, 1, 1, 1],
    ['F2', 4, 128, 1, 1],
    ['F2', 4, 0, 32_769, 1],
    ['F2', 4, 0, 65_535, 1],
    ['F4', 0, 0, 0, 1],
    ['F4', 12, 0, 0, 1],
    ['F4', 255, 0, 0, 0],
    ['F3', FRAME_TYPES.data, 0, 1, 0],
    ['F3', FRAME_TYPES.open, 0, 0, 0],
    ['F3', FRAME_TYPES.credit, 0, 4, 0],
    ['F3', FRAME_TYPES.ping, 0, 8, 1],
    ['F3', FRAME_TYPES.hello, 0, 24, 2],
    ['F3', FRAME_TYPES.goodbye, 0, 6, 7],
    ['F3', FRAME_TYPES.ack, 0, 4, 7],
    ['F4', FRAME_TYPES.hello, 0, 23, 0],
    ['F4', FRAME_TYPES.hello, 0, 24, 0],
    ['F4', FRAME_TYPES.open, 0, 4_097, 1],
    ['F4', FRAME_TYPES.accept, 0, 4_097, 1],
    ['F4', FRAME_TYPES.data, 0, 0, 1],
    ['F4', FRAME_TYPES.credit, 0, 3, 1],
    ['F4', FRAME_TYPES.credit, 0, 5, 1],
    ['F4', FRAME_TYPES.credit, 0, 4, 1],
    ['F4', FRAME_TYPES.end, 0, 1, 1],
    ['F4', FRAME_TYPES.reset, 0, 1, 1],
    ['F4', FRAME_TYPES.reset, 0, 515, 1],
    ['F4', FRAME_TYPES.ping, 0, 7, 0],
    ['F4', FRAME_TYPES.pong, 0, 9, 0],
    ['F4', FRAME_TYPES.goodbye, 0, 5, 0],
    ['F4', FRAME_TYPES.goodbye, 0, 519, 0],
  ])('%s type %i, flags %i, length %i on stream %i is a violation', (rule, ...header) => {
    expect(decodeHeader(...header)).toMatchObject({ type: 'violation', rule });
  });

  it('F4 credit beyond 2³¹ − 1 is a violation', () => {
    const frame = encodeFrame({ type: 'credit', stream: 1, bytes: 2 ** 31 });
    expect(() => framesOf(frame)).toThrow('F4');
  });

  it('F4 a HELLO with a reserved field is a violation', () => {
    const frame = encodeFrame(helloFrame());
    frame[8 + 10] = 1;
    expect(() => framesOf(frame)).toThrow('F4');
  });

  it('F2 a length is refused on the header alone, and the decoder stays broken', () => {
    const decoder = new FrameDecoder();
    decoder.push(Uint8Array.of(4, 0, 0xff, 0xff, 1, 0, 0, 0));
    expect(decoder.next()).toMatchObject({ type: 'violation' });
    decoder.push(encodeFrame({ type: 'end', stream: 1 }));
    expect(decoder.next()).toMatchObject({ type: 'violation', rule: 'F2' });
  });

  it('F4 a text is cut to 512 bytes at a character', () => {
    const payload = encodeReset({ code: 'internal', text: 'ä'.repeat(400) });
    expect(payload.length).toBe(2 + 512);
    const odd = encodeReset({ code: 'internal', text: `x${'ä'.repeat(400)}` });
    expect(odd.length).toBe(2 + 511);
  });

  it('V2 a code of a later version reads as internal', () => {
    const frame = encodeFrame({ type: 'reset', stream: 1, reason: { code: 'ok', text: 'new' } });
    frame[8] = 200;
    expect(framesOf(frame)).toEqual([
      { type: 'reset', stream: 1, reason: { code: 'internal', text: 'new' } },
    ]);
  });
});
