/** Every number of sealed snapshots with its unit and reason. Rules are those of docs/snapshot.md. */

/** S30: the version of the construction, in what each seal covers. */
export const SEAL_VERSION = 1;

/** S30: AES-256. */
export const KEY_BYTES = 32;

/** S30: the key in a link's fragment: 256 bits at 6 a character. */
export const FRAGMENT_LENGTH = 43;

/** S31: tells keys apart without telling a key. */
export const KEY_ID_BYTES = 16;

/** What AES-GCM adds. */
export const TAG_BYTES = 16;

/** S32: what AES-GCM takes without hashing it first. */
export const NONCE_BYTES = 12;

/** S33: what is stored and sent at a time; a cut upload sends one of it again. */
export const SEALED_CHUNK_BYTES = 1024 * 1024;

/** S33: what a full chunk holds. */
export const PLAIN_CHUNK_BYTES = SEALED_CHUNK_BYTES - TAG_BYTES;

/** S35: the card's JSON: a note of 4,000 characters of three bytes, and room. */
export const MAX_CARD_BYTES = 16_384;
