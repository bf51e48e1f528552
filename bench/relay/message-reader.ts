const HEADER_BYTES = 5;

/** Cuts what a client sends after its startup packet into messages, and keeps only the bodies asked for. */
export class MessageReader {
  readonly #keeps: (type: string) => boolean;
  readonly #onMessage: (type: string, body: Uint8Array) => void;
  readonly #header = new Uint8Array(HEADER_BYTES);
  #headerFilled = 0;
  #body = new Uint8Array(0);
  #bodyFilled = 0;
  #bodyBytes = 0;
  #type = '';

  /**
   * @param keeps whether `onMessage` is given the body of messages of this type, or an empty one
   */
  constructor(
    keeps: (type: string) => boolean,
    onMessage: (type: string, body: Uint8Array) => void,
  ) {
    this.#keeps = keeps;
    this.#onMessage = onMessage;
  }

  push(chunk: Uint8Array): void {
    let rest = chunk;
    while (rest.length > 0) {
      rest = this.#headerFilled < HEADER_BYTES ? this.#takeHeader(rest) : this.#takeBody(rest);
      if (this.#headerFilled === HEADER_BYTES && this.#bodyFilled === this.#bodyBytes) {
        this.#headerFilled = 0;
        this.#onMessage(this.#type, this.#body);
      }
    }
  }

  #takeHeader(chunk: Uint8Array): Uint8Array {
    const taken = chunk.subarray(0, HEADER_BYTES - this.#headerFilled);
    this.#header.set(taken, this.#headerFilled);
    this.#headerFilled += taken.length;
    if (this.#headerFilled === HEADER_BYTES) {
      this.#type = String.fromCharCode(this.#header[0] ?? 0);
      this.#bodyBytes = new DataView(this.#header.buffer).getUint32(1) - 4;
      this.#bodyFilled = 0;
      this.#body = new Uint8Array(this.#keeps(this.#type) ? this.#bodyBytes : 0);
    }
    return chunk.subarray(taken.length);
  }

  #takeBody(chunk: Uint8Array): Uint8Array {
    const taken = chunk.subarray(0, this.#bodyBytes - this.#bodyFilled);
    if (this.#body.length > 0) this.#body.set(taken, this.#bodyFilled);
    this.#bodyFilled += taken.length;
    return chunk.subarray(taken.length);
  }
}
