import type { Relay } from '../relay';
import { HttpError } from './errors';
import type { Exchange } from './exchange';
import { requireLink } from './require-link';

/** The playground of the address, for requests whose `Authorization` proves its owner link. */
export async function requireOwner(relay: Relay, exchange: Exchange): Promise<string> {
  const { role, playgroundId } = await requireLink(relay, exchange);
  if (role !== 'owner') throw new HttpError('not-owner');
  return playgroundId;
}
