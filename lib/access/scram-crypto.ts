/** The primitives of SCRAM-SHA-256 over WebCrypto, which browsers, Workers and Node share. */

export type Bytes = Uint8Array<ArrayBuffer>;

/** Length in bytes of SHA-256 and of every key in the exchange. */
export const KEY_BYTES = 32;

const encoder = new TextEncoder();

export function utf8(text: string): Bytes {
  return encoder.encode(text) as Bytes;
}

export async function hmac(key: Bytes, text: Bytes): Promise<Bytes> {
  const imported = await crypto.subtle.importKey(
    'raw',
    key,
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, text));
}

export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/** `Hi(password, salt, i)` of RFC 5802, which is PBKDF2. */
async function saltedPassword(password: string, salt: Bytes, iterations: number): Promise<Bytes> {
  const key = await crypto.subtle.importKey('raw', utf8(password), 'PBKDF2', false, ['deriveBits']);
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, KEY_BYTES * 8));
}

export interface ScramKeys {
  readonly clientKey: Bytes;
  readonly storedKey: Bytes;
  readonly serverKey: Bytes;
}

export async function deriveKeys(
  password: string,
  salt: Bytes,
  iterations: number,
): Promise<ScramKeys> {
  const salted = await saltedPassword(password, salt, iterations);
  const clientKey = await hmac(salted, utf8('Client Key'));
  return {
    clientKey,
    storedKey: await sha256(clientKey),
    serverKey: await hmac(salted, utf8('Server Key')),
  };
}

/** Byte by byte XOR of two arrays of one length. */
export function xor(a: Bytes, b: Bytes): Bytes {
  return a.map((byte, i) => byte ^ (b[i] ?? 0));
}

/** Compares in a time that depends on the lengths alone. */
export function constantTimeEqual(a: Bytes, b: Bytes): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}

export function toBase64(bytes: Bytes): string {
  return btoa(String.fromCharCode(...bytes));
}

/** Strict: canonical base64 with padding, else undefined. */
export function fromBase64(text: string): Bytes | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  return toBase64(bytes) === text ? bytes : undefined;
}

/** A nonce as PostgreSQL makes it: 18 random bytes in base64, so printable and without comma. */
export function newNonce(): string {
  return toBase64(crypto.getRandomValues(new Uint8Array(18)));
}
