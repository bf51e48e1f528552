/** Lengths in characters; the formats stand in docs/architecture.md. */
const PLAYGROUND_ID_LENGTH = 12;
const LINK_ID_LENGTH = 8;
/** 128 bits in base64url without padding. */
const SECRET_LENGTH = 22;
const SECRET_BYTES = 16;

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
/** The largest multiple of 36 in a byte; bytes above are thrown away, so no character is likelier. */
const UNBIASED_BYTES = 252;

const PLAYGROUND_ID = /^[a-z0-9]{12}$/;
const LINK_ID = /^[a-z0-9]{8}$/;
/** The last character holds two bits, so only four values are canonical. */
const SECRET = /^[A-Za-z0-9_-]{21}[AQgw]$/;

/** A fresh playground id. It is public: it names, it does not admit. */
export function newPlaygroundId(): string {
  return randomId(PLAYGROUND_ID_LENGTH);
}

/** A fresh link id. It is public: it names, it does not admit. */
export function newLinkId(): string {
  return randomId(LINK_ID_LENGTH);
}

/** A fresh secret of 128 random bits, as 22 characters of base64url. Also the form of tickets. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .slice(0, SECRET_LENGTH);
}

export function isPlaygroundId(value: unknown): value is string {
  return typeof value === 'string' && PLAYGROUND_ID.test(value);
}

export function isLinkId(value: unknown): value is string {
  return typeof value === 'string' && LINK_ID.test(value);
}

/** True for the form `newSecret` gives; says nothing about whether anything accepts it. */
export function isSecret(value: unknown): value is string {
  return typeof value === 'string' && SECRET.test(value);
}

function randomId(length: number): string {
  let id = '';
  while (id.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length * 2))) {
      if (byte < UNBIASED_BYTES && id.length < length) id += ALPHABET[byte % ALPHABET.length];
    }
  }
  return id;
}
