import { SnapshotError } from '../errors';
import { FRAGMENT_LENGTH, KEY_BYTES, KEY_ID_BYTES } from './limits';

/** Opens what was sealed for one link. */
export interface OpeningKey {
  readonly aes: CryptoKey;
  /** S31: tells that a card belongs to this key. No secret. */
  readonly id: Uint8Array;
}

/** The key of a new link, for ONE snapshot: AES-GCM gives everything away when it seals two things alike (S34). */
export interface SealingKey extends OpeningKey {
  /** For the link's fragment, which no browser sends to a server. */
  readonly fragment: string;
  /** What was sealed so far: SHA-256 by nonce, both in hexadecimal. */
  readonly sealed: Map<string, string>;
}

/** A new key from the browser's own randomness. */
export async function newKey(): Promise<SealingKey> {
  const secret = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const opening = await imported(secret, ['encrypt', 'decrypt']);
  return { ...opening, fragment: toBase64Url(secret), sealed: new Map() };
}

/**
 * The key in a link's fragment, with or without its `#`. It can only open (S34).
 * @throws SnapshotError `wrong-key` when it is none
 */
export async function parseKey(fragment: string): Promise<OpeningKey> {
  const text = fragment.startsWith('#') ? fragment.slice(1) : fragment;
  const secret = fromBase64Url(text);
  if (secret === undefined) {
    throw new SnapshotError(
      'wrong-key',
      'The link is not whole: its last part, behind the #, is the key, and it is missing or cut. Nothing was changed; copy the whole link again.',
    );
  }
  return imported(secret, ['decrypt']);
}

async function imported(
  secret: Uint8Array<ArrayBuffer>,
  uses: ('encrypt' | 'decrypt')[],
): Promise<OpeningKey> {
  const aes = await crypto.subtle.importKey('raw', secret, 'AES-GCM', false, uses);
  const named = new Uint8Array([...new TextEncoder().encode('warren.seal.1 id'), ...secret]);
  const digest = await crypto.subtle.digest('SHA-256', named);
  return { aes, id: new Uint8Array(digest, 0, KEY_ID_BYTES) };
}

function toBase64Url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Only the one spelling that `toBase64Url` gives; else undefined. */
function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length !== FRAGMENT_LENGTH || !/^[A-Za-z0-9_-]+$/.test(text)) return undefined;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  return toBase64Url(bytes) === text ? bytes : undefined;
}
