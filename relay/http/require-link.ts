import { parseLinkProof } from '../../lib/access/link-url';
import { proveLink } from '../access/prove-link';
import { findPlayground } from '../playgrounds/find-playground';
import type { StoredLink } from '../playgrounds/types';
import type { Relay } from '../relay';
import { bearerToken } from './bearer-token';
import { HttpError } from './errors';
import type { Exchange } from './exchange';

/** The link that a request's `Authorization` proves, for the playground of the address. */
export async function requireLink(relay: Relay, exchange: Exchange): Promise<StoredLink> {
  const playground = await findPlayground(relay.database.prisma, exchange.params.id ?? '');
  if (!playground) throw new HttpError('playground-unknown');
  const token = bearerToken(exchange.request);
  const proof = token === undefined ? undefined : parseLinkProof(token);
  if (!proof) throw new HttpError('authorization-missing', { 'www-authenticate': 'Bearer' });
  const shown = { playground: playground.id, ...proof };
  const proven = await proveLink(relay, shown, exchange.address);
  if (!proven.ok) throw new HttpError(proven.code);
  return proven.link;
}
