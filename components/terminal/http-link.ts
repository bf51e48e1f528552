/** Where a link in a terminal may lead: what a program writes comes from anywhere. */
const SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:']);

/** The address in full if it may be followed, else undefined. */
export function httpLink(text: string): string | undefined {
  try {
    const url = new URL(text);
    return SCHEMES.has(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}
