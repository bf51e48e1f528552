import { COALESCE_BLOCK_BYTES, COALESCE_BYTES, RETAIN_DIVISOR } from './limits';

/**
 * Bytes waiting in order. Large chunks are kept as they are; small ones, and slivers of large buffers, are
 * copied together when others wait already, so memory stays in proportion to the bytes queued.
 */
export class ByteQueue {
  readonly #chunks: Uint8Array[] = [];
  /** Index of the first chunk not yet taken, and how much of it is taken. */
  #first = 0;
  #taken = 0;
  #length = 0;
  /** Bytes used of the last chunk's own block; the block has room behind it. */
  #block: Uint8Array | null = null;

  /** Bytes queued. */
  get length(): number {
    return this.#length;
  }

  /** Adds a chunk, which belongs to the queue from then on. */
  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    const waiting = this.#length > 0;
    this.#length += chunk.length;
    if (!waiting || !isSliver(chunk)) {
      this.#chunks.push(chunk);
      this.#block = null;
      return;
    }
    this.#copy(chunk);
  }

  /** Moves `count` bytes, at most `length`, into `target` at `offset`. */
  take(count: number, target: Uint8Array, offset: number): void {
    let to = offset;
    let left = count;
    while (left > 0) {
      const chunk = this.#chunks[this.#first]!;
      const rest = chunk.length - this.#taken;
      if (rest > left) {
        target.set(chunk.subarray(this.#taken, this.#taken + left), to);
        this.#taken += left;
        break;
      }
      target.set(this.#taken === 0 ? chunk : chunk.subarray(this.#taken), to);
      to += rest;
      left -= rest;
      this.#dropFirst();
    }
    this.#length -= count;
  }

  /** Takes the first chunk as it is; null when empty. */
  shift(): Uint8Array | null {
    if (this.#length === 0) return null;
    const chunk = this.#chunks[this.#first]!.subarray(this.#taken);
    this.#dropFirst();
    this.#length -= chunk.length;
    return chunk;
  }

  clear(): void {
    this.#chunks.length = 0;
    this.#first = 0;
    this.#taken = 0;
    this.#length = 0;
    this.#block = null;
  }

  #dropFirst(): void {
    this.#taken = 0;
    this.#first += 1;
    if (this.#first === this.#chunks.length) {
      this.#chunks.length = 0;
      this.#first = 0;
      this.#block = null;
    } else if (this.#first >= 64 && this.#first * 2 >= this.#chunks.length) {
      this.#chunks.splice(0, this.#first);
      this.#first = 0;
    } else {
      this.#chunks[this.#first - 1] = EMPTY;
    }
  }

  #copy(chunk: Uint8Array): void {
    const used = this.#block ? this.#chunks[this.#chunks.length - 1]!.length : 0;
    if (this.#block && used + chunk.length <= this.#block.length) {
      this.#block.set(chunk, used);
      this.#chunks[this.#chunks.length - 1] = this.#block.subarray(0, used + chunk.length);
      return;
    }
    const block = new Uint8Array(Math.max(COALESCE_BLOCK_BYTES, chunk.length));
    block.set(chunk);
    this.#block = block;
    this.#chunks.push(block.subarray(0, chunk.length));
  }
}

const EMPTY = new Uint8Array(0);

function isSliver(chunk: Uint8Array): boolean {
  return chunk.length <= COALESCE_BYTES || chunk.length * RETAIN_DIVISOR < chunk.buffer.byteLength;
}
