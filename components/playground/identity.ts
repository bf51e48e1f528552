import { parseLinkProof } from '@/lib/access/link-url';
import type { Credentials } from '@/lib/machine/types';
import type { OwnedPlayground } from '../playgrounds/codec';

/** Who this page is in a playground. */
export type Identity =
  | { readonly kind: 'owner'; readonly credentials: Credentials }
  | {
      readonly kind: 'guest';
      readonly credentials: Credentials;
      /** The playground was made in this browser, but the address holds a link, and the link decides. */
      readonly couldOwn: boolean;
    }
  | { readonly kind: 'stranger'; readonly why: 'no-link' | 'broken-link' };

/**
 * @param fragment of the page's address, with or without `#`
 * @param owned what this browser remembers of the playground
 */
export function identify(
  playground: string,
  fragment: string,
  owned: OwnedPlayground | undefined,
): Identity {
  const text = fragment.replace(/^#/, '');
  const proof = parseLinkProof(text);
  if (proof) {
    return { kind: 'guest', credentials: { playground, ...proof }, couldOwn: owned !== undefined };
  }
  if (owned) {
    const { id: link, secret } = owned.owner;
    return { kind: 'owner', credentials: { playground, link, secret } };
  }
  return { kind: 'stranger', why: text === '' ? 'no-link' : 'broken-link' };
}
