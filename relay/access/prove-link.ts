import { isLinkId, isPlaygroundId, isSecret } from '../../lib/access/ids';
import { createVerifier, verifySecret } from '../../lib/access/scram-verifier';
import { findLink } from '../playgrounds/find-link';
import type { StoredLink } from '../playgrounds/types';
import type { Relay } from '../relay';

/** What somebody shows to prove that they hold a link. */
export interface LinkProof {
  readonly playground: string;
  readonly link: string;
  readonly secret: string;
}

export type ProofResult =
  | { readonly ok: true; readonly link: StoredLink }
  | { readonly ok: false; readonly code: 'link-unknown' | 'link-revoked' | 'rate-limited' };

/** Checked when there is no such link, so that the answer takes as long as for one that exists. */
const decoyVerifier = createVerifier('no secret has this form');

/** Checks a link's secret over HTTP; the wait of a wrong one is over when this resolves. */
export async function proveLink(
  { database, throttle, metrics }: Pick<Relay, 'database' | 'throttle' | 'metrics'>,
  { playground, link: id, secret }: LinkProof,
  address: string,
): Promise<ProofResult> {
  const wellFormed = isPlaygroundId(playground) && isLinkId(id) && isSecret(secret);
  const link = wellFormed ? await findLink(database.prisma, playground, id) : undefined;
  const fits = await verifySecret(link?.verifier ?? (await decoyVerifier), secret);
  if (link && fits) return link.revoked ? { ok: false, code: 'link-revoked' } : { ok: true, link };
  metrics.authFailures.inc({ at: 'http' });
  const waited = await throttle.wait({ address, link: link?.id });
  return { ok: false, code: waited === 'busy' ? 'rate-limited' : 'link-unknown' };
}
