/** Type byte and length word. */
const HEADER_BYTES = 5;
/**
 * An unfinished message up to this size waits for its end: rows of a table fit, and a large value is not held
 * up. Well below any window, so that held bytes never starve the stream of credit.
 */
export const HELD_MAX_BYTES = 8_192;

/**
 * Cuts a server's bytes so that, as a rule, what was passed on ends with a whole message: then an error of our own
 * can follow it. Of a message above `HELD_MAX_BYTES` the parts pass on as they come.
 */
export class MessageBoundary {
  readonly #forward: (piece: Uint8Array) => void;
  readonly #header = new Uint8Array(HEADER_BYTES);
  /** Bytes of the next header seen so far. */
  #headerFilled = 0;
  /** Bytes of the current message's body still to come. */
  #bodyLeft = 0;
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #isInside = false;

  constructor(forward: (piece: Uint8Array) => void) {
    this.#forward = forward;
  }

  /** True when part of a message has been passed on and its rest has not. */
  get isInside(): boolean {
    return this.#isInside;
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    const boundary = this.#scan(chunk);
    if (boundary > 0) {
      this.#release();
      this.#forward(boundary === chunk.length ? chunk : chunk.subarray(0, boundary));
      this.#isInside = false;
    }
    if (boundary < chunk.length) this.#hold(boundary === 0 ? chunk : chunk.subarray(boundary));
  }

  /** Passes on what is held: the server has ended in the middle of a message. */
  flush(): void {
    this.#release();
  }

  /** Where the last whole message of the chunk ends; 0 when none ends in it. */
  #scan(chunk: Uint8Array): number {
    let boundary = 0;
    let at = 0;
    while (at < chunk.length) {
      if (this.#headerFilled < HEADER_BYTES) {
        if (this.#headerFilled === 0 && chunk.length - at >= HEADER_BYTES) {
          this.#bodyLeft = bodyLength(chunk, at);
          this.#headerFilled = HEADER_BYTES;
          at += HEADER_BYTES;
        } else {
          const taken = Math.min(HEADER_BYTES - this.#headerFilled, chunk.length - at);
          this.#header.set(chunk.subarray(at, at + taken), this.#headerFilled);
          this.#headerFilled += taken;
          at += taken;
          if (this.#headerFilled < HEADER_BYTES) break;
          this.#bodyLeft = bodyLength(this.#header, 0);
        }
      }
      const taken = Math.min(this.#bodyLeft, chunk.length - at);
      this.#bodyLeft -= taken;
      at += taken;
      if (this.#bodyLeft > 0) break;
      this.#headerFilled = 0;
      boundary = at;
    }
    return boundary;
  }

  #hold(tail: Uint8Array): void {
    this.#held.push(tail);
    this.#heldBytes += tail.length;
    const wouldHold = this.#heldBytes + this.#bodyLeft;
    if (!this.#isInside && wouldHold <= HELD_MAX_BYTES) return;
    this.#release();
    this.#isInside = true;
  }

  #release(): void {
    for (const piece of this.#held) this.#forward(piece);
    this.#held = [];
    this.#heldBytes = 0;
  }
}

function bodyLength(bytes: Uint8Array, at: number): number {
  const high = (bytes[at + 1]! << 24) >>> 0;
  const length = high + (bytes[at + 2]! << 16) + (bytes[at + 3]! << 8) + bytes[at + 4]!;
  // A length below 4 is not Postgres; the client will say so. Passing it on must not loop.
  return Math.max(0, length - 4);
}
