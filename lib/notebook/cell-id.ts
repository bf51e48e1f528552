const LENGTH = 12;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
/** The largest multiple of 36 in a byte; bytes above are thrown away, so no character is likelier. */
const UNBIASED_BYTES = 252;
const CELL_ID = /^[a-z0-9]{12}$/;

/** A fresh cell id (rule D3): 62 random bits, so two pages do not choose the same. */
export function newCellId(): string {
  let id = '';
  while (id.length < LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(LENGTH * 2))) {
      if (byte < UNBIASED_BYTES && id.length < LENGTH) id += ALPHABET[byte % ALPHABET.length];
    }
  }
  return id;
}

export function isCellId(value: unknown): value is string {
  return typeof value === 'string' && CELL_ID.test(value);
}
