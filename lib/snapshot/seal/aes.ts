import type { OpeningKey, SealingKey } from './key';
import { NONCE_BYTES, SEAL_VERSION } from './limits';

/** S32: what a seal is for. No two things that are sealed by one key have the same. */
export type Place =
  | { readonly of: 'chunk'; readonly index: number; readonly isLast: boolean }
  | { readonly of: 'card' };

/** @throws Error when something else was sealed at this place: a mistake of ours that would give the key away (S34) */
export async function seal(key: SealingKey, place: Place, plain: Uint8Array): Promise<Uint8Array> {
  const nonce = nonceOf(place);
  const name = hex(nonce);
  const bytes = plain as Uint8Array<ArrayBuffer>;
  const content = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
  const before = key.sealed.get(name);
  if (before !== undefined && before !== content) {
    throw new Error(`This key has sealed another ${place.of} already; take a new key.`);
  }
  key.sealed.set(name, content);
  return new Uint8Array(await crypto.subtle.encrypt(parameters(key, nonce), key.aes, bytes));
}

/** @returns undefined when it is not what was sealed by this key at this place */
export async function unseal(
  key: OpeningKey,
  place: Place,
  sealed: Uint8Array,
): Promise<Uint8Array | undefined> {
  const bytes = sealed as Uint8Array<ArrayBuffer>;
  try {
    return new Uint8Array(
      await crypto.subtle.decrypt(parameters(key, nonceOf(place)), key.aes, bytes),
    );
  } catch {
    // OperationError, on purpose without a reason.
    return undefined;
  }
}

/** S32: index u32 (big-endian), whether it is the last u8, card u8, six zeros. */
function nonceOf(place: Place): Uint8Array<ArrayBuffer> {
  const nonce = new Uint8Array(NONCE_BYTES);
  if (place.of === 'card') {
    nonce[5] = 1;
    return nonce;
  }
  if (!Number.isInteger(place.index) || place.index < 0 || place.index > 0xffff_ffff) {
    throw new RangeError(`no chunk has the index ${place.index}`);
  }
  new DataView(nonce.buffer).setUint32(0, place.index);
  nonce[4] = place.isLast ? 1 : 0;
  return nonce;
}

/** S31: each seal covers the construction's name and version and the key's id. */
function parameters(key: OpeningKey, nonce: Uint8Array<ArrayBuffer>): AesGcmParams {
  const name = new TextEncoder().encode('warren.seal');
  const additionalData = new Uint8Array([...name, SEAL_VERSION, ...key.id]);
  return { name: 'AES-GCM', iv: nonce, additionalData };
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
