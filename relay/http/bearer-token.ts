import type { IncomingMessage } from 'node:http';

/** What follows `Authorization: Bearer`. */
export function bearerToken(request: IncomingMessage): string | undefined {
  return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}
