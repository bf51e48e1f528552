import { damaged } from '../errors';
import { MAX_PIECE_BYTES, PIECE_HEAD_BYTES } from './limits';

/** S13: what a piece is part of, in the order of a file; the first has the number 1. */
export const PIECE_TYPES = ['devices', 'pages', 'notebook', 'dump', 'end'] as const;
export type PieceType = (typeof PIECE_TYPES)[number];

/** Whether a piece is stored as it is or deflated; the number is its index. */
const METHODS = ['stored', 'deflated'] as const;

export interface PieceHead {
  readonly type: PieceType;
  readonly method: (typeof METHODS)[number];
  /** Bytes before and after compression. */
  readonly rawLength: number;
  readonly storedLength: number;
}

export function encodeHead(head: PieceHead): Uint8Array {
  const bytes = new Uint8Array(PIECE_HEAD_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, PIECE_TYPES.indexOf(head.type) + 1);
  view.setUint8(1, METHODS.indexOf(head.method));
  view.setUint32(4, head.rawLength, true);
  view.setUint32(8, head.storedLength, true);
  return bytes;
}

/** @throws SnapshotError `damaged`, before anything of the lengths told is allocated (S13) */
export function decodeHead(bytes: Uint8Array, number: number): PieceHead {
  const view = new DataView(bytes.buffer, bytes.byteOffset, PIECE_HEAD_BYTES);
  const type = PIECE_TYPES[view.getUint8(0) - 1];
  const method = METHODS[view.getUint8(1)];
  if (type === undefined || method === undefined || view.getUint16(2, true) !== 0) {
    throw damaged(`piece ${number}`, 'is of an unknown kind');
  }
  const head = {
    type,
    method,
    rawLength: view.getUint32(4, true),
    storedLength: view.getUint32(8, true),
  };
  const { rawLength, storedLength } = head;
  const fits = method === 'stored' ? storedLength === rawLength : storedLength < rawLength;
  if (rawLength === 0 || rawLength > MAX_PIECE_BYTES || storedLength === 0 || !fits) {
    throw damaged(pieceName(number, type), 'has a length it cannot have');
  }
  return head;
}

/** For messages, e.g. `piece 12 (pages)`; they count from 1. */
export function pieceName(number: number, type: PieceType): string {
  return `piece ${number} (${type})`;
}
