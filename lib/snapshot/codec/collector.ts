import { damaged } from '../errors';

/** Pieces that belong together, up to a limit. */
export class Collector {
  readonly #pieces: Uint8Array[] = [];
  readonly #max: number;
  length = 0;

  /** @param max in bytes */
  constructor(max: number) {
    this.#max = max;
  }

  /** Counts a piece that somebody else keeps. @throws SnapshotError `damaged` beyond the limit, which no writer passes */
  count(piece: Uint8Array, name: string): void {
    this.length += piece.length;
    if (this.length > this.#max) throw damaged(name, 'is more than there may be');
  }

  /** @throws SnapshotError `damaged` */
  add(piece: Uint8Array, name: string): void {
    this.count(piece, name);
    this.#pieces.push(piece);
  }

  /** All of them as one; undefined when there are none. */
  joined(): Uint8Array | undefined {
    if (this.#pieces.length === 0) return undefined;
    const all = new Uint8Array(this.length);
    let at = 0;
    for (const piece of this.#pieces.splice(0)) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  }
}
