import { FRAME_TYPES, type Frame, type FrameType, readU16, readU32 } from './frame';
import { decodeHello } from './hello';
import {
  HEADER_BYTES,
  HELLO_BYTES,
  MAX_CREDIT_BYTES,
  MAX_METADATA_BYTES,
  MAX_PAYLOAD_BYTES,
  MAX_REASON_TEXT_BYTES,
  PING_BYTES,
} from './limits';
import { reasonFromWire } from './reason';

/** A rule that was broken (V1). */
export interface Violation {
  readonly type: 'violation';
  readonly rule: string;
  readonly text: string;
}

interface Shape {
  readonly type: FrameType;
  readonly minBytes: number;
  readonly maxBytes: number;
  /** F3: on stream 0, or on any other. */
  readonly onLink: boolean;
}

/** F3 and F4 as a table, indexed by the type byte. */
const SHAPES = shapes([
  { type: 'hello', minBytes: HELLO_BYTES, maxBytes: HELLO_BYTES, onLink: true },
  { type: 'open', minBytes: 0, maxBytes: MAX_METADATA_BYTES, onLink: false },
  { type: 'accept', minBytes: 0, maxBytes: MAX_METADATA_BYTES, onLink: false },
  { type: 'data', minBytes: 1, maxBytes: MAX_PAYLOAD_BYTES, onLink: false },
  { type: 'credit', minBytes: 4, maxBytes: 4, onLink: false },
  { type: 'end', minBytes: 0, maxBytes: 0, onLink: false },
  { type: 'reset', minBytes: 2, maxBytes: 2 + MAX_REASON_TEXT_BYTES, onLink: false },
  { type: 'ping', minBytes: PING_BYTES, maxBytes: PING_BYTES, onLink: true },
  { type: 'pong', minBytes: PING_BYTES, maxBytes: PING_BYTES, onLink: true },
  { type: 'goodbye', minBytes: 6, maxBytes: 6 + MAX_REASON_TEXT_BYTES, onLink: true },
  { type: 'ack', minBytes: 4, maxBytes: 4, onLink: true },
]);

function shapes(list: readonly Shape[]): readonly (Shape | undefined)[] {
  const table: (Shape | undefined)[] = [];
  for (const shape of list) table[FRAME_TYPES[shape.type]] = shape;
  return table;
}

interface Header {
  readonly shape: Shape;
  readonly stream: number;
  readonly length: number;
}

type Reading =
  | { readonly state: 'header' }
  | { readonly state: 'payload'; readonly header: Header; readonly payload: Uint8Array }
  | { readonly state: 'broken'; readonly violation: Violation };

const READING_HEADER: Reading = { state: 'header' };

const EMPTY = new Uint8Array(0);

/**
 * Cuts frames out of bytes that arrive in any pieces. A payload that lies whole in a chunk is a view of
 * it, so a chunk belongs to the decoder from `push` on. Limits are checked on the header, before
 * anything is allocated for the payload.
 */
export class FrameDecoder {
  #chunk: Uint8Array = EMPTY;
  #offset = 0;
  #reading: Reading = READING_HEADER;
  /** What has arrived of a header or of the payload in `#reading`. */
  #filled = 0;
  readonly #head = new Uint8Array(HEADER_BYTES);

  /** Adds a chunk; the one before must have been read to its end (`next` gave null). */
  push(chunk: Uint8Array): void {
    this.#chunk = chunk;
    this.#offset = 0;
  }

  /** The next whole frame, null when more bytes are needed, or the violation that ends the link. */
  next(): Frame | Violation | null {
    const found = this.#read();
    if (found === null) this.#chunk = EMPTY; // an idle link holds no buffer
    return found;
  }

  #read(): Frame | Violation | null {
    if (this.#reading.state === 'header') {
      const header = this.#readHeader();
      if (header === null) return null;
      if ('rule' in header) {
        this.#reading = { state: 'broken', violation: header };
      } else {
        const end = this.#offset + header.length;
        if (end <= this.#chunk.length) {
          const payload = this.#chunk.subarray(this.#offset, end);
          this.#offset = end;
          return this.#parse(header, payload);
        }
        this.#reading = { state: 'payload', header, payload: new Uint8Array(header.length) };
      }
    }
    if (this.#reading.state === 'broken') return this.#reading.violation;
    const { header, payload } = this.#reading;
    if (!this.#fill(payload)) return null;
    this.#reading = READING_HEADER;
    return this.#parse(header, payload);
  }

  #readHeader(): Header | Violation | null {
    const { length } = this.#chunk;
    if (this.#filled === 0 && length - this.#offset >= HEADER_BYTES) {
      const at = this.#offset;
      this.#offset += HEADER_BYTES;
      return parseHeader(this.#chunk, at);
    }
    return this.#fill(this.#head) ? parseHeader(this.#head, 0) : null;
  }

  /** Moves bytes of the chunk into `target`; true once it is full. */
  #fill(target: Uint8Array): boolean {
    const part = this.#chunk.subarray(this.#offset, this.#offset + target.length - this.#filled);
    target.set(part, this.#filled);
    this.#offset += part.length;
    this.#filled += part.length;
    if (this.#filled < target.length) return false;
    this.#filled = 0;
    return true;
  }

  #parse(header: Header, payload: Uint8Array): Frame | Violation {
    const frame = parseFrame(header, payload);
    if (frame.type === 'violation') this.#reading = { state: 'broken', violation: frame };
    return frame;
  }
}

function parseHeader(bytes: Uint8Array, at: number): Header | Violation {
  const type = bytes[at]!;
  const length = readU16(bytes, at + 2);
  const stream = readU32(bytes, at + 4);
  const shape = SHAPES[type];
  if (bytes[at + 1] !== 0) return violation('F2', `flags ${bytes[at + 1]}`);
  if (length > MAX_PAYLOAD_BYTES) return violation('F2', `length ${length}`);
  if (shape === undefined) return violation('F4', `type ${type}`);
  if (shape.onLink !== (stream === 0)) return violation('F3', `${shape.type} on stream ${stream}`);
  if (length < shape.minBytes || length > shape.maxBytes) {
    return violation('F4', `${shape.type} of ${length} bytes`);
  }
  return { shape, stream, length };
}

function parseFrame({ shape, stream }: Header, payload: Uint8Array): Frame | Violation {
  switch (shape.type) {
    case 'data':
      return { type: 'data', stream, bytes: payload };
    case 'credit': {
      const bytes = readU32(payload, 0);
      if (bytes === 0 || bytes > MAX_CREDIT_BYTES) return violation('F4', `credit of ${bytes}`);
      return { type: 'credit', stream, bytes };
    }
    case 'open':
    case 'accept':
      return { type: shape.type, stream, metadata: payload };
    case 'end':
      return { type: 'end', stream };
    case 'reset': {
      const reason = reasonFromWire(readU16(payload, 0), decodeText(payload.subarray(2)));
      return { type: 'reset', stream, reason };
    }
    case 'ping':
    case 'pong':
      return { type: shape.type, payload };
    case 'ack':
      return { type: 'ack', bytes: readU32(payload, 0) };
    case 'goodbye': {
      const reason = reasonFromWire(readU16(payload, 0), decodeText(payload.subarray(6)));
      return { type: 'goodbye', reason, retryAfterMs: readU32(payload, 2) };
    }
    case 'hello': {
      const hello = decodeHello(payload);
      return hello ? { type: 'hello', hello } : violation('F4', 'hello without magic');
    }
  }
}

function violation(rule: string, text: string): Violation {
  return { type: 'violation', rule, text };
}

const utf8 = new TextDecoder();

/** A text is for people: what isn't UTF-8 in it is shown as such and breaks nothing. */
function decodeText(bytes: Uint8Array): string {
  return bytes.length === 0 ? '' : utf8.decode(bytes);
}
