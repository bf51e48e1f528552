import { createHash, timingSafeEqual } from 'node:crypto';

/** What is stored of a token. It has 128 random bits, so one round of SHA-256 cannot be undone by guessing. */
export function hashToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token, 'utf8').digest());
}

/** True when `hash` was made of this token; compares in constant time. */
export function tokenFits(token: string, hash: Uint8Array): boolean {
  const shown = hashToken(token);
  return shown.length === hash.length && timingSafeEqual(shown, hash);
}
