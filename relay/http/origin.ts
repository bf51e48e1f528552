import type { IncomingMessage } from 'node:http';

/**
 * True when a request comes from a page of ours or from a program that is no browser: browsers always name
 * their origin where it matters, and cannot leave it out.
 */
export function isOwnOrigin(request: IncomingMessage, publicUrl: string): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined || origin === publicUrl) return true;
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host.toLowerCase();
}
