/** Records of `exec` and `pty` streams: rule X1 of docs/protocol.md. */

/** Header of a record: `channel` u8, `length` u16. */
const RECORD_HEADER_BYTES = 3;
/** The most one record holds. */
export const MAX_RECORD_BYTES = 32_765;

/** Bytes of one record. A record comes in one piece or in several, an empty one in one that is empty. */
export interface RecordPiece {
  readonly channel: number;
  /** Of the whole record. */
  readonly length: number;
  readonly bytes: Uint8Array;
}

/** One record; throws RangeError for more than it can hold. */
export function encodeRecord(channel: number, payload: Uint8Array): Uint8Array {
  if (payload.length > MAX_RECORD_BYTES) {
    throw new RangeError(`${payload.length} bytes in a record, at most ${MAX_RECORD_BYTES} (X1)`);
  }
  const bytes = new Uint8Array(RECORD_HEADER_BYTES + payload.length);
  bytes[0] = channel;
  bytes[1] = payload.length & 0xff;
  bytes[2] = payload.length >> 8;
  bytes.set(payload, RECORD_HEADER_BYTES);
  return bytes;
}

/** Reads records from chunks that are cut anywhere. Keeps nothing but the header that is under way. */
export class RecordReader {
  readonly #header = new Uint8Array(RECORD_HEADER_BYTES);
  #headerFilled = 0;
  #left = 0;

  /** The pieces in a chunk, in order; undefined when a record breaks X1: nothing after it can be read. */
  read(chunk: Uint8Array): readonly RecordPiece[] | undefined {
    const pieces: RecordPiece[] = [];
    for (let at = 0; at < chunk.length; ) {
      if (this.#left === 0) {
        this.#header[this.#headerFilled++] = chunk[at++]!;
        if (this.#headerFilled < RECORD_HEADER_BYTES) continue;
        this.#headerFilled = 0;
        this.#left = this.#length;
        if (this.#left > MAX_RECORD_BYTES) return undefined;
        if (this.#left === 0) pieces.push(this.#piece(chunk.subarray(at, at)));
      } else {
        const bytes = chunk.subarray(at, at + this.#left);
        pieces.push(this.#piece(bytes));
        this.#left -= bytes.length;
        at += bytes.length;
      }
    }
    return pieces;
  }

  get #length(): number {
    return this.#header[1]! | (this.#header[2]! << 8);
  }

  #piece(bytes: Uint8Array): RecordPiece {
    return { channel: this.#header[0]!, length: this.#length, bytes };
  }
}
