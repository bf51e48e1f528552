import { damaged } from '../errors';
import { seal, unseal } from './aes';
import type { OpeningKey, SealingKey } from './key';
import { PLAIN_CHUNK_BYTES, TAG_BYTES } from './limits';

export { PLAIN_CHUNK_BYTES, SEALED_CHUNK_BYTES } from './limits';

/**
 * Seals one chunk (S33): PLAIN_CHUNK_BYTES, the last one fewer perhaps. A chunk may be sealed again as long as it is the same.
 * @param index from 0
 */
export function sealChunk(
  key: SealingKey,
  index: number,
  isLast: boolean,
  plain: Uint8Array,
): Promise<Uint8Array> {
  if (!isPlainLength(plain.length, index, isLast)) {
    throw new RangeError(`chunk ${index} cannot have ${plain.length} bytes`);
  }
  return seal(key, { of: 'chunk', index, isLast }, plain);
}

/**
 * Opens one chunk, whichever comes first.
 * @throws SnapshotError `damaged` when it is not the chunk that was sealed at this place; also for a wrong key, which only the
 *   card tells apart
 */
export async function openChunk(
  key: OpeningKey,
  index: number,
  isLast: boolean,
  sealed: Uint8Array,
): Promise<Uint8Array> {
  const part = `chunk ${index + 1}`;
  if (!isPlainLength(sealed.length - TAG_BYTES, index, isLast)) {
    throw damaged(part, isLast ? 'is cut short, or chunks after it are missing' : 'is cut short');
  }
  const plain = await unseal(key, { of: 'chunk', index, isLast }, sealed);
  if (plain === undefined) throw damaged(part, 'is not what was sealed');
  return plain;
}

/** How many bytes are stored for so many of a snapshot, without the card. */
export function sealedBytes(plainBytes: number): number {
  return plainBytes + TAG_BYTES * Math.max(1, Math.ceil(plainBytes / PLAIN_CHUNK_BYTES));
}

/** All but the last are full, and the last is empty only when it is the only one. */
function isPlainLength(bytes: number, index: number, isLast: boolean): boolean {
  if (!isLast) return bytes === PLAIN_CHUNK_BYTES;
  return bytes <= PLAIN_CHUNK_BYTES && (index === 0 ? bytes >= 0 : bytes > 0);
}
