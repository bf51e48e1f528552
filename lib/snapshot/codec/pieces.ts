import type { ByteReader } from '../byte-reader';
import { damaged } from '../errors';
import { type Chain, sameBytes } from './chain';
import { inflate } from './deflate';
import { HASH_BYTES, PIECE_HEAD_BYTES } from './limits';
import { decodeHead, type PieceType, pieceName } from './piece';

/** A piece as it was written, its hash checked. */
export interface Piece {
  readonly type: PieceType;
  /** For messages. */
  readonly name: string;
  /** Begins at a multiple of 4 in its buffer. */
  readonly raw: Uint8Array;
}

/**
 * The pieces of a snapshot up to its end, one in memory at a time.
 * @throws SnapshotError `damaged` (S13, S14)
 */
export async function* checkedPieces(reader: ByteReader, chain: Chain): AsyncGenerator<Piece> {
  for (let number = 1; ; number++) {
    const piece = await nextPiece(reader, chain, number);
    yield piece;
    if (piece.type !== 'end') continue;
    if (!(await reader.ended())) throw damaged('its end', 'is followed by more');
    return;
  }
}

async function nextPiece(reader: ByteReader, chain: Chain, number: number): Promise<Piece> {
  const headBytes = new Uint8Array(PIECE_HEAD_BYTES);
  if ((await reader.read(headBytes)) < headBytes.length) {
    throw damaged(`piece ${number}`, 'is missing: it is cut short');
  }
  const head = decodeHead(headBytes, number);
  const name = pieceName(number, head.type);
  const storedAt = HASH_BYTES + PIECE_HEAD_BYTES;
  const framed = new Uint8Array(storedAt + head.storedLength);
  framed.set(headBytes, HASH_BYTES);
  const stored = framed.subarray(storedAt);
  const hash = new Uint8Array(HASH_BYTES);
  const whole = (await reader.read(stored)) === stored.length;
  if (!whole || (await reader.read(hash)) < HASH_BYTES) throw damaged(name, 'is cut short');
  if (!sameBytes(hash, await chain.next(framed))) {
    throw damaged(name, 'does not have the hash it should have');
  }
  const raw = head.method === 'stored' ? stored : await inflate(stored, head.rawLength);
  if (raw === undefined) throw damaged(name, 'does not decompress to what it tells');
  return { type: head.type, name, raw };
}
