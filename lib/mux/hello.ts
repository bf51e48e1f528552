import { HELLO_BYTES, NONCE_BYTES, PROTOCOL_VERSION } from './limits';

/** What HELLO says (F4, H). */
export interface Hello {
  readonly version: number;
  /** H3: initial credit in bytes the sender grants on every stream. */
  readonly window: number;
  /** H4: 8 bytes. */
  readonly nonce: Uint8Array;
}

const MAGIC = new TextEncoder().encode('WARRENMX');

/** The payload of HELLO. Throws RangeError for a nonce that isn't 8 bytes long. */
export function encodeHello({ version, window, nonce }: Hello): Uint8Array {
  if (nonce.length !== NONCE_BYTES) throw new RangeError(`nonce of ${nonce.length} bytes, not 8`);
  const payload = new Uint8Array(HELLO_BYTES);
  payload.set(MAGIC, 0);
  const view = new DataView(payload.buffer);
  view.setUint16(8, version, true);
  view.setUint32(12, window, true);
  payload.set(nonce, 16);
  return payload;
}

/** Reads a payload of 24 bytes; null when the magic or the reserved field is wrong. */
export function decodeHello(payload: Uint8Array): Hello | null {
  if (payload.length !== HELLO_BYTES) return null;
  if (MAGIC.some((byte, index) => payload[index] !== byte)) return null;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  if (view.getUint16(10, true) !== 0) return null;
  return {
    version: view.getUint16(8, true),
    window: view.getUint32(12, true),
    nonce: payload.slice(16, 24),
  };
}

/** The HELLO of this version. */
export function ownHello(window: number, nonce: Uint8Array): Hello {
  return { version: PROTOCOL_VERSION, window, nonce };
}
