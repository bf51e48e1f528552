import type { LinkParts } from './link-url';

export interface PostgresAddress {
  /** A name, an IPv4 address, or an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
  /** False only for a server on loopback without TLS. */
  readonly tls: boolean;
}

/**
 * The URI psql, libpq and the drivers accept as it is. Ids and secrets need no escaping.
 */
export function connectionString(
  { playground, link, secret }: LinkParts,
  { host, port, tls }: PostgresAddress,
): string {
  const authority = host.includes(':') ? `[${host}]` : host;
  const mode = tls ? 'require' : 'disable';
  return `postgres://${link}.${playground}:${secret}@${authority}:${port}/postgres?sslmode=${mode}`;
}
