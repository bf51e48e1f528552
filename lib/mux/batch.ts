import { type FrameType, writeHeader, writeU32 } from './frame';
import { HEADER_BYTES } from './limits';
import type { StreamState } from './stream-state';

/** One buffer that whole frames are written into: the only allocation of what is sent together. */
export class Batch {
  readonly #buffer: Uint8Array;
  #used = 0;

  constructor(size: number) {
    this.#buffer = new Uint8Array(size);
  }

  get room(): number {
    return this.#buffer.length - this.#used;
  }

  /** False when there is no room for the frame. */
  put(type: FrameType, stream: number, payload: Uint8Array): boolean {
    if (this.room < HEADER_BYTES + payload.length) return false;
    const at = writeHeader(this.#buffer, this.#used, type, stream, payload.length);
    this.#buffer.set(payload, at);
    this.#used = at + payload.length;
    return true;
  }

  putCredit(stream: number, bytes: number): void {
    const at = writeHeader(this.#buffer, this.#used, 'credit', stream, 4);
    writeU32(this.#buffer, at, bytes);
    this.#used = at + 4;
  }

  putData({ id, sending }: StreamState, bytes: number): void {
    if (sending.state === 'ended') return;
    const at = writeHeader(this.#buffer, this.#used, 'data', id, bytes);
    sending.queue.take(bytes, this.#buffer, at);
    this.#used = at + bytes;
  }

  bytes(): Uint8Array {
    return this.#used === this.#buffer.length ? this.#buffer : this.#buffer.subarray(0, this.#used);
  }
}
