import { deflate } from './deflate';
import { HASH_BYTES, PIECE_HEAD_BYTES } from './limits';
import { encodeHead, type PieceType } from './piece';

/** A piece before it is compressed. */
export interface RawPiece {
  readonly type: PieceType;
  readonly raw: Uint8Array;
}

/** Compresses where that helps; lays each piece out (S13) between room for the hash before it and for its own. */
export async function* packed(pieces: AsyncIterable<RawPiece>): AsyncGenerator<Uint8Array> {
  for await (const { type, raw } of pieces) {
    const deflated = await deflate(raw);
    const stored = deflated ?? [raw];
    const storedLength = stored.reduce((sum, { length }) => sum + length, 0);
    const head = encodeHead({
      type,
      method: deflated === undefined ? 'stored' : 'deflated',
      rawLength: raw.length,
      storedLength,
    });
    const framed = new Uint8Array(HASH_BYTES + PIECE_HEAD_BYTES + storedLength + HASH_BYTES);
    framed.set(head, HASH_BYTES);
    let at = HASH_BYTES + PIECE_HEAD_BYTES;
    for (const part of stored) {
      framed.set(part, at);
      at += part.length;
    }
    yield framed;
  }
}
