const encoder = new TextEncoder();
const INITIAL_BYTES = 256;

/** Builds messages of the Postgres protocol, several in one buffer. */
export class MessageWriter {
  #buffer = new Uint8Array(INITIAL_BYTES);
  #view = new DataView(this.#buffer.buffer);
  #length = 0;
  /** Where the length word of the open message stands. */
  #lengthAt = 0;

  /** Opens a message; one before authentication has no type. */
  begin(type = ''): this {
    this.#reserve(5);
    if (type !== '') this.#buffer[this.#length++] = type.charCodeAt(0);
    this.#lengthAt = this.#length;
    this.#length += 4;
    return this;
  }

  /** Closes the open message: fills in its length. */
  end(): this {
    this.#view.setUint32(this.#lengthAt, this.#length - this.#lengthAt);
    return this;
  }

  int8(value: number): this {
    this.#reserve(1);
    this.#buffer[this.#length++] = value;
    return this;
  }

  int16(value: number): this {
    this.#reserve(2);
    this.#view.setInt16(this.#length, value);
    this.#length += 2;
    return this;
  }

  int32(value: number): this {
    this.#reserve(4);
    this.#view.setInt32(this.#length, value);
    this.#length += 4;
    return this;
  }

  bytes(bytes: Uint8Array): this {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  /** UTF-8 without terminator. */
  text(text: string): this {
    this.#reserve(text.length * 3);
    this.#length += encoder.encodeInto(text, this.#buffer.subarray(this.#length)).written;
    return this;
  }

  /** UTF-8 and a NUL. The text holds none itself: callers check that first. */
  cstring(text: string): this {
    return this.text(text).int8(0);
  }

  /** A length word that counts the UTF-8 alone, then the UTF-8. */
  lengthAndText(text: string): this {
    const at = this.#length;
    this.int32(0).text(text);
    this.#view.setInt32(at, this.#length - at - 4);
    return this;
  }

  /** What was written, as bytes of the caller's own; the writer is empty again. */
  take(): Uint8Array {
    const bytes = this.#buffer.slice(0, this.#length);
    this.#length = 0;
    return bytes;
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#buffer.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#buffer.length * 2));
    grown.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = grown;
    this.#view = new DataView(grown.buffer);
  }
}
