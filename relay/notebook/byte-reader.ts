/** Bytes that are not what they should be. */
export class MalformedError extends Error {
  override name = 'MalformedError';
}

/**
 * Reads lib0's encoding from bytes of a stranger. Every length is compared with what is there before anything is
 * made of it; lib0's own decoder trusts lengths, and beyond the end of a Buffer lies memory of somebody else.
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number {
    const value = this.#bytes[this.#at];
    if (value === undefined) throw new MalformedError('the bytes end too early');
    this.#at += 1;
    return value;
  }

  /** An unsigned integer of at most 2^53 - 1. */
  varUint(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (value > Number.MAX_SAFE_INTEGER) throw new MalformedError('a number is too large');
      if (byte < 0x80) return value;
      factor *= 128;
    }
  }

  /** `length` bytes, without a copy. */
  take(length: number): Uint8Array {
    if (length > this.left) throw new MalformedError('a length points beyond the end');
    const from = this.#at;
    this.#at += length;
    return this.#bytes.subarray(from, this.#at);
  }

  /** Bytes with their length before them. */
  varBytes(): Uint8Array {
    return this.take(this.varUint());
  }

  end(): void {
    if (this.left > 0) throw new MalformedError('bytes follow the end');
  }
}
