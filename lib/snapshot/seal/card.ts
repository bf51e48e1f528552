import { damaged, SnapshotError } from '../errors';
import { seal, unseal } from './aes';
import type { OpeningKey, SealingKey } from './key';
import { KEY_ID_BYTES, MAX_CARD_BYTES, TAG_BYTES } from './limits';

/** What a link shows before it is opened (S35). */
export interface Card {
  readonly title: string;
  readonly note: string;
  readonly kind: 'machine' | 'data';
  readonly memoryMb: number;
  /** E.g. `17.11`. */
  readonly postgres: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Of the snapshot file, before it was sealed. */
  readonly bytes: number;
}

/**
 * The card as it is stored: the key's id, then the sealed JSON.
 * @throws SnapshotError `too-large` when the JSON passes MAX_CARD_BYTES
 */
export async function sealCard(key: SealingKey, card: Card): Promise<Uint8Array> {
  const plain = new TextEncoder().encode(JSON.stringify(checkCard(card)));
  if (plain.length > MAX_CARD_BYTES) {
    throw new SnapshotError(
      'too-large',
      `Title and note take ${plain.length} bytes of at most ${MAX_CARD_BYTES}. Shorten them; nothing was sent.`,
    );
  }
  const sealed = await seal(key, { of: 'card' }, plain);
  const bytes = new Uint8Array(KEY_ID_BYTES + sealed.length);
  bytes.set(key.id);
  bytes.set(sealed, KEY_ID_BYTES);
  return bytes;
}

/** @throws SnapshotError `wrong-key` when it was sealed by another key, `damaged` when it is not what was sealed */
export async function openCard(key: OpeningKey, bytes: Uint8Array): Promise<Card> {
  if (bytes.length < KEY_ID_BYTES + TAG_BYTES) throw damaged('its card', 'is cut short');
  if (bytes.length > KEY_ID_BYTES + MAX_CARD_BYTES + TAG_BYTES) {
    throw damaged('its card', 'is longer than one can be');
  }
  if (key.id.some((byte, at) => byte !== bytes[at])) {
    throw new SnapshotError(
      'wrong-key',
      'The key in this link does not open this snapshot. Nothing was changed; copy the whole link again.',
    );
  }
  const plain = await unseal(key, { of: 'card' }, bytes.subarray(KEY_ID_BYTES));
  if (plain === undefined) throw damaged('its card', 'is not what was sealed');
  return checkCard(parse(plain));
}

function parse(plain: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain));
  } catch (cause) {
    throw damaged('its card', 'is no JSON', { cause });
  }
}

/** Whoever has a key can seal any card with it: a reader trusts no field. */
function checkCard(json: unknown): Card {
  if (typeof json !== 'object' || json === null) throw damaged('its card', 'is no object');
  const { title, note, kind, memoryMb, postgres, createdAt, bytes } = json as Partial<Card>;
  if (
    typeof title !== 'string' ||
    typeof note !== 'string' ||
    typeof postgres !== 'string' ||
    (kind !== 'machine' && kind !== 'data') ||
    !isCount(memoryMb) ||
    !isCount(createdAt) ||
    !isCount(bytes)
  ) {
    throw damaged('its card', 'does not tell what a card tells');
  }
  return { title, note, kind, memoryMb, postgres, createdAt, bytes };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
