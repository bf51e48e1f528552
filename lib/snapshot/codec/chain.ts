import { HASH_BYTES } from './limits';

/**
 * S14: each hash covers the one before it, so that a piece is right only where it was written. Whoever wants to check or
 * seal a piece lays it out with room for a hash in front.
 */
export class Chain {
  #previous: Uint8Array;

  private constructor(first: Uint8Array) {
    this.#previous = first;
  }

  /** A chain that begins with the file's own beginning: its first hash, and the chain from there. */
  static async begin(bytes: Uint8Array): Promise<{ hash: Uint8Array; chain: Chain }> {
    const hash = await shortHash(bytes);
    return { hash, chain: new Chain(hash) };
  }

  /** The hash of the next piece. @param roomAndPiece HASH_BYTES to be overwritten, then the piece */
  async next(roomAndPiece: Uint8Array): Promise<Uint8Array> {
    roomAndPiece.set(this.#previous);
    this.#previous = await shortHash(roomAndPiece);
    return this.#previous;
  }
}

async function shortHash(bytes: Uint8Array): Promise<Uint8Array> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return new Uint8Array(digest, 0, HASH_BYTES);
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
