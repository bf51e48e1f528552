/** Where a link of a text may lead. All else, `javascript:` above all, leads nowhere. */
const SCHEMES = new Set(['http:', 'https:', 'mailto:']);

/**
 * The link, if it may be followed: to http, https and mailto with all of the address written out, and to a place of this page.
 * Empty otherwise. An address without a scheme would lead into this site and take its rights for the notebook's.
 */
export function safeLink(href: string): string {
  if (href.startsWith('#')) return href;
  try {
    return SCHEMES.has(new URL(href).protocol) ? href : '';
  } catch {
    return '';
  }
}
