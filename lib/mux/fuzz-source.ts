import { encodeFrame, FRAME_TYPES, type Frame, type FrameType, writeHeader } from './frame';
import { FrameDecoder } from './frame-decoder';
import { ownHello } from './hello';
import { HEADER_BYTES, NONCE_BYTES, PING_BYTES } from './limits';
import { encodeMetadata } from './metadata';
import { Mux } from './mux';
import type { Role } from './mux-state';
import type { Random } from './random';

/** Where the bytes of a hostile peer come from. */
export interface FuzzSource {
  /** The next bytes, and how many frames they were before they were spoilt. */
  next(): { bytes: Uint8Array; frames: number };
  /** What the victim has answered. */
  answered(bytes: Uint8Array): void;
}

const TYPES = Object.keys(FRAME_TYPES) as FrameType[];
const NO_METADATA = new Uint8Array(0);
const METADATA = encodeMetadata([['kind', 'pg']]);

/** Frames made up one by one: mostly such as the state allows, some that no state does. */
export class CraftedSource implements FuzzSource {
  readonly #random: Random;
  readonly #decoder = new FrameDecoder();
  /** Streams the victim has opened. */
  readonly #offered: number[] = [];
  #last: number;
  #greeted = false;

  constructor(random: Random, role: Role) {
    this.#random = random;
    this.#last = role === 'client' ? -1 : 0;
  }

  next(): { bytes: Uint8Array; frames: number } {
    const frame = this.#frame();
    const bytes = spoil(this.#random, frame ? encodeFrame(frame) : this.#nonsense());
    return { bytes, frames: 1 };
  }

  answered(bytes: Uint8Array): void {
    this.#decoder.push(bytes);
    for (let frame = this.#decoder.next(); frame; frame = this.#decoder.next()) {
      if (frame.type === 'open') this.#offered.push(frame.stream);
    }
  }

  #frame(): Frame | null {
    const random = this.#random;
    if (!this.#greeted && random.chance(0.98)) {
      this.#greeted = true;
      const window = random.pick([1, 1_000, 65_536, 16_777_216]);
      return { type: 'hello', hello: ownHello(window, random.bytes(NONCE_BYTES)) };
    }
    const choice = random.next();
    if (choice < 0.15 || this.#last < 1) return this.#open();
    if (choice < 0.5) {
      return { type: 'data', stream: this.#id(), bytes: random.bytes(random.between(1, 60)) };
    }
    if (choice < 0.65) return this.#credit();
    if (choice < 0.77) return { type: 'end', stream: this.#id() };
    if (choice < 0.82 && this.#offered.length > 0) {
      return { type: 'accept', stream: random.pick(this.#offered), metadata: NO_METADATA };
    }
    if (choice < 0.88) {
      return { type: 'reset', stream: this.#id(), reason: { code: 'ok', text: 'fuzz' } };
    }
    if (choice < 0.94) return { type: 'ping', payload: random.bytes(PING_BYTES) };
    if (choice < 0.97) return { type: 'pong', payload: random.bytes(PING_BYTES) };
    if (choice < 0.98) return { type: 'ack', bytes: random.between(0, 0xffff_ffff) };
    return null;
  }

  #open(): Frame {
    this.#last += this.#random.chance(0.99) ? 2 : this.#random.between(-3, 1);
    const metadata = this.#random.chance(0.8) ? METADATA : this.#random.bytes(20);
    return { type: 'open', stream: this.#last, metadata };
  }

  #credit(): Frame {
    const bytes = this.#random.pick([1, 100, 65_536, 2 ** 31 - 1]);
    return { type: 'credit', stream: this.#id(), bytes };
  }

  /** Mostly an id in use, of either side. */
  #id(): number {
    const random = this.#random;
    if (random.chance(0.001)) return random.between(1, 0xffff_ffff);
    if (this.#offered.length > 0 && random.chance(0.2)) return random.pick(this.#offered);
    return Math.max(this.#last & 1 ? 1 : 2, this.#last - 2 * random.between(0, 12));
  }

  /** A header with anything in it, or bytes with no order at all. */
  #nonsense(): Uint8Array {
    const random = this.#random;
    if (random.chance(0.5)) return random.bytes(random.between(1, 100));
    const bytes = random.bytes(HEADER_BYTES + random.between(0, 40));
    const length = random.pick([bytes.length - HEADER_BYTES, random.between(0, 65_535)]);
    writeHeader(bytes, 0, random.pick(TYPES), random.between(0, 30), length);
    return bytes;
  }
}

/** A mux of our own as the peer, driven at random: what it says is spoilt now and then on the way. */
export class MutatingSource implements FuzzSource {
  readonly #random: Random;
  readonly #mux: Mux;
  readonly #ids: number[] = [];
  #failed = false;

  constructor(random: Random, role: Role) {
    this.#random = random;
    const nonce = random.bytes(NONCE_BYTES);
    this.#mux = new Mux({ role, window: random.pick([100, 65_536]), maxStreams: 32, nonce });
  }

  next(): { bytes: Uint8Array; frames: number } {
    for (let step = this.#random.between(1, 8); step > 0; step -= 1) this.#act();
    const pulled = this.#mux.pull(8_192);
    if (pulled === null) {
      const payload = this.#random.bytes(PING_BYTES);
      const frame: Frame = this.#failed ? { type: 'ping', payload } : { type: 'pong', payload };
      return { bytes: encodeFrame(frame), frames: 1 };
    }
    const bytes = this.#random.chance(0.03)
      ? spoilAlways(this.#random, pulled.bytes)
      : pulled.bytes;
    return { bytes, frames: countFrames(pulled.bytes) };
  }

  answered(bytes: Uint8Array): void {
    for (const event of this.#mux.receive(bytes)) {
      if (event.type === 'offered') this.#ids.push(event.stream);
      if (event.type === 'data') this.#mux.consumed(event.stream, event.bytes.length);
      if (event.type === 'failed') this.#failed = true;
    }
  }

  #act(): void {
    const random = this.#random;
    if (this.#ids.length < 12 && random.chance(0.3) && this.#mux.refusal() === null) {
      this.#ids.push(this.#mux.open([['kind', 'pg']]));
    }
    if (this.#ids.length === 0) return;
    const id = random.pick(this.#ids);
    const choice = random.next();
    if (choice < 0.6) this.#mux.write(id, random.bytes(random.between(0, 300)));
    else if (choice < 0.8) this.#mux.accept(id, []);
    else if (choice < 0.9) this.#mux.ping();
    else {
      if (choice < 0.95) this.#mux.end(id);
      else this.#mux.reset(id, { code: 'ok', text: 'fuzz' });
      this.#ids.splice(this.#ids.indexOf(id), 1);
    }
  }
}

function spoil(random: Random, bytes: Uint8Array): Uint8Array {
  return random.chance(0.01) ? spoilAlways(random, bytes) : bytes;
}

/** Flips a bit, cuts an end off, or says a part twice. */
function spoilAlways(random: Random, bytes: Uint8Array): Uint8Array {
  const at = random.between(0, bytes.length - 1);
  const choice = random.next();
  if (choice < 0.4) return bytes.subarray(0, at);
  const copy = choice < 0.7 ? bytes.slice() : new Uint8Array(bytes.length * 2 - at);
  copy.set(bytes);
  if (choice < 0.7) copy[at] = copy[at]! ^ (1 << random.between(0, 7));
  else copy.set(bytes.subarray(at), bytes.length);
  return copy;
}

function countFrames(bytes: Uint8Array): number {
  let frames = 0;
  for (let at = 0; at < bytes.length; frames += 1) {
    at += HEADER_BYTES + bytes[at + 2]! + bytes[at + 3]! * 256;
  }
  return frames;
}
