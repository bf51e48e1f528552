import { encodeHello, type Hello } from './hello';
import { HEADER_BYTES, MAX_REASON_TEXT_BYTES, PING_BYTES } from './limits';
import { REASON_CODES, type Reason } from './reason';

/** Rule F4: the type byte. */
export const FRAME_TYPES = {
  hello: 1,
  open: 2,
  accept: 3,
  data: 4,
  credit: 5,
  end: 6,
  reset: 7,
  ping: 8,
  pong: 9,
  goodbye: 10,
  ack: 11,
} as const;

export type FrameType = keyof typeof FRAME_TYPES;

/** One frame (F4). Frames without `stream` live on stream 0 (F3). Metadata stays bytes: see rule M. */
export type Frame =
  | { readonly type: 'hello'; readonly hello: Hello }
  | { readonly type: 'open'; readonly stream: number; readonly metadata: Uint8Array }
  | { readonly type: 'accept'; readonly stream: number; readonly metadata: Uint8Array }
  | { readonly type: 'data'; readonly stream: number; readonly bytes: Uint8Array }
  | { readonly type: 'credit'; readonly stream: number; readonly bytes: number }
  | { readonly type: 'end'; readonly stream: number }
  | { readonly type: 'reset'; readonly stream: number; readonly reason: Reason }
  | { readonly type: 'ping'; readonly payload: Uint8Array }
  | { readonly type: 'pong'; readonly payload: Uint8Array }
  | { readonly type: 'goodbye'; readonly reason: Reason; readonly retryAfterMs: number }
  | { readonly type: 'ack'; readonly bytes: number };

/** Writes a header (F1) and returns the offset behind it. */
export function writeHeader(
  target: Uint8Array,
  offset: number,
  type: FrameType,
  stream: number,
  length: number,
): number {
  target[offset] = FRAME_TYPES[type];
  target[offset + 1] = 0;
  target[offset + 2] = length & 0xff;
  target[offset + 3] = length >>> 8;
  writeU32(target, offset + 4, stream);
  return offset + HEADER_BYTES;
}

export function writeU32(target: Uint8Array, offset: number, value: number): void {
  target[offset] = value & 0xff;
  target[offset + 1] = (value >>> 8) & 0xff;
  target[offset + 2] = (value >>> 16) & 0xff;
  target[offset + 3] = value >>> 24;
}

export function readU16(source: Uint8Array, offset: number): number {
  return source[offset]! | (source[offset + 1]! << 8);
}

export function readU32(source: Uint8Array, offset: number): number {
  return (readU16(source, offset) | (readU16(source, offset + 2) << 16)) >>> 0;
}

/** The payload of RESET. Text beyond 512 bytes is cut at a character. */
export function encodeReset(reason: Reason): Uint8Array {
  const text = encodeText(reason.text);
  const payload = new Uint8Array(2 + text.length);
  writeU16(payload, 0, REASON_CODES[reason.code]);
  payload.set(text, 2);
  return payload;
}

/** The payload of GOODBYE. `retryAfterMs` is clamped to a u32. */
export function encodeGoodbye(reason: Reason, retryAfterMs: number): Uint8Array {
  const text = encodeText(reason.text);
  const payload = new Uint8Array(6 + text.length);
  writeU16(payload, 0, REASON_CODES[reason.code]);
  writeU32(payload, 2, Math.min(Math.max(Math.trunc(retryAfterMs) || 0, 0), 0xffff_ffff));
  payload.set(text, 6);
  return payload;
}

/** A frame as bytes. The mux writes its frames straight into batches; this is for single ones. */
export function encodeFrame(frame: Frame): Uint8Array {
  const payload = encodePayload(frame);
  const bytes = new Uint8Array(HEADER_BYTES + payload.length);
  writeHeader(bytes, 0, frame.type, 'stream' in frame ? frame.stream : 0, payload.length);
  bytes.set(payload, HEADER_BYTES);
  return bytes;
}

function encodePayload(frame: Frame): Uint8Array {
  switch (frame.type) {
    case 'hello':
      return encodeHello(frame.hello);
    case 'open':
    case 'accept':
      return frame.metadata;
    case 'data':
      return frame.bytes;
    case 'credit':
    case 'ack': {
      const payload = new Uint8Array(4);
      writeU32(payload, 0, frame.bytes);
      return payload;
    }
    case 'end':
      return new Uint8Array(0);
    case 'reset':
      return encodeReset(frame.reason);
    case 'ping':
    case 'pong':
      return frame.payload.slice(0, PING_BYTES);
    case 'goodbye':
      return encodeGoodbye(frame.reason, frame.retryAfterMs);
  }
}

function writeU16(target: Uint8Array, offset: number, value: number): void {
  target[offset] = value & 0xff;
  target[offset + 1] = value >>> 8;
}

const utf8 = new TextEncoder();

function encodeText(text: string): Uint8Array {
  const room = new Uint8Array(MAX_REASON_TEXT_BYTES);
  const { written } = utf8.encodeInto(text, room);
  return room.subarray(0, written);
}
