import type { Duplex } from './duplex';
import { encodeFrame, type Frame } from './frame';
import { FrameDecoder } from './frame-decoder';
import { encodeMetadata, type Metadata } from './metadata';
import { Mux, type MuxOptions } from './mux';
import type { MuxEvent } from './mux-state';
import type { Reason } from './reason';

/** What the tests of this folder share. */

export const KIND_PG: Metadata = [['kind', 'pg']];
export const NONCE = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);

export function newMux(options: Partial<MuxOptions> = {}): Mux {
  return new Mux({ role: 'server', window: 65_536, maxStreams: 16, nonce: NONCE, ...options });
}

export function helloFrame(window = 65_536): Frame {
  return { type: 'hello', hello: { version: 1, window, nonce: NONCE } };
}

export function openFrame(stream: number, metadata = KIND_PG): Frame {
  return { type: 'open', stream, metadata: encodeMetadata(metadata) };
}

export function dataFrame(stream: number, length: number): Frame {
  return { type: 'data', stream, bytes: new Uint8Array(length) };
}

/** Frames as the peer would send them, in one chunk. */
export function feed(mux: Mux, ...frames: Frame[]): MuxEvent[] {
  return mux.receive(concat(frames.map(encodeFrame)));
}

/** A mux that has had the peer's HELLO and said its own. */
export function greeted(options: Partial<MuxOptions> = {}, peerWindow = 65_536): Mux {
  const mux = newMux(options);
  feed(mux, helloFrame(peerWindow));
  mux.pull(4_104);
  return mux;
}

/** All frames a mux has to send. */
export function sent(mux: Mux, maxBytes = 65_536): Frame[] {
  const frames: Frame[] = [];
  for (let pulled = mux.pull(maxBytes); pulled; pulled = mux.pull(maxBytes)) {
    frames.push(...framesOf(pulled.bytes));
  }
  return frames;
}

/** Whole frames; throws for anything else. */
export function framesOf(bytes: Uint8Array): Frame[] {
  const decoder = new FrameDecoder();
  const frames: Frame[] = [];
  let used = 0;
  decoder.push(bytes);
  for (let frame = decoder.next(); frame; frame = decoder.next()) {
    if (frame.type === 'violation') throw new Error(`${frame.rule}: ${frame.text}`);
    used += encodeFrame(frame).length;
    frames.push(frame);
  }
  if (used !== bytes.length) throw new Error(`${bytes.length - used} bytes of a frame cut off`);
  return frames;
}

export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** Byte `index` of the stream with this key: any loss, repetition or exchange shows. */
function patternByte(key: number, index: number): number {
  return (Math.imul(index ^ (key * 0x9e37_79b1), 0x85eb_ca6b) >>> 13) & 0xff;
}

export function pattern(key: number, from: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index += 1) bytes[index] = patternByte(key, from + index);
  return bytes;
}

/** A consumer that keeps what it is told; it consumes at once unless told not to. */
export function record(duplex: Duplex, { consume = true } = {}) {
  const seen = {
    chunks: [] as Uint8Array[],
    length: 0,
    ended: false,
    drains: 0,
    reset: undefined as Reason | undefined,
    bytes: () => concat(seen.chunks),
    text: () => new TextDecoder().decode(seen.bytes()),
  };
  duplex.attach({
    data: (chunk) => {
      seen.chunks.push(chunk);
      seen.length += chunk.length;
      if (consume) duplex.consumed(chunk.length);
    },
    end: () => {
      seen.ended = true;
    },
    reset: (reason) => {
      seen.reset = reason;
    },
    drain: () => {
      seen.drains += 1;
    },
  });
  return seen;
}

export function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Waits until microtasks and what they lead to are done. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** Waits for a condition that real sockets bring about; fails after ten seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`never became true: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
