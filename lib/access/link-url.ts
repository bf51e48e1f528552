import { isLinkId, isPlaygroundId, isSecret } from './ids';

/** Everything a link holds. Never logged, never part of a URL sent to a server. */
export interface LinkParts {
  readonly playground: string;
  readonly link: string;
  readonly secret: string;
}

/**
 * The URL a person shares: `<publicUrl>/p/<playground>#<link>.<secret>`. The secret stands in the
 * fragment, which browsers do not send.
 * @param publicUrl origin of the server, with or without a trailing slash
 */
export function linkUrl(publicUrl: string, { playground, link, secret }: LinkParts): string {
  return `${publicUrl.replace(/\/+$/, '')}/p/${playground}#${link}.${secret}`;
}

/** Reads what `linkUrl` built; undefined for anything else, whatever the origin. */
export function parseLinkUrl(url: string): LinkParts | undefined {
  if (!URL.canParse(url)) return undefined;
  const { pathname, hash } = new URL(url);
  const playground = /\/p\/([^/]*)\/?$/.exec(pathname)?.[1];
  const proof = parseLinkProof(hash.replace(/^#/, ''));
  return isPlaygroundId(playground) && proof ? { playground, ...proof } : undefined;
}

/**
 * Reads `<link>.<secret>`: a URL's fragment without its `#`, or the token of
 * `Authorization: Bearer`. Undefined for anything else.
 */
export function parseLinkProof(text: string): Pick<LinkParts, 'link' | 'secret'> | undefined {
  const dot = text.indexOf('.');
  const link = text.slice(0, dot);
  const secret = text.slice(dot + 1);
  return dot > 0 && isLinkId(link) && isSecret(secret) ? { link, secret } : undefined;
}
