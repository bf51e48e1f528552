import { ObjectStoreError } from './errors';

/** S3 takes 1,024 bytes; a part must also be a file's name. */
const KEY_MAX_CHARACTERS = 512;
const PART = '[a-z0-9-]{1,128}';
const KEY = new RegExp(`^${PART}(/${PART})*$`);

/** Throws unless `key` is well formed: so nothing that comes from outside can name a file elsewhere. */
export function checkKey(key: string): void {
  if (key.length <= KEY_MAX_CHARACTERS && KEY.test(key)) return;
  throw new ObjectStoreError('key-malformed', 'This is not the key of an object.');
}

/** Throws unless `prefix` is a key followed by `/`; so the whole store is never meant by mistake. */
export function checkPrefix(prefix: string): void {
  checkKey(prefix.endsWith('/') ? prefix.slice(0, -1) : '');
}
