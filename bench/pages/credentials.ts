import type { Credentials } from '../../lib/machine/types';

/** The credentials the bench put into the address of this page, as JSON in its fragment. */
export function readCredentials(): Credentials {
  return JSON.parse(decodeURIComponent(location.hash.slice(1))) as Credentials;
}
