import { isLinkId } from '../../lib/access/ids';
import type { PrismaClient } from '../../lib/server/database/open';
import { findLink } from './find-link';

/** Marks a link as revoked; a second time changes nothing. What it opened is for `OpenLinks` to close. */
export async function revokeLink(
  prisma: PrismaClient,
  playgroundId: string,
  id: string,
): Promise<'revoked' | 'link-not-found' | 'owner-link'> {
  const link = isLinkId(id) ? await findLink(prisma, playgroundId, id) : undefined;
  if (!link) return 'link-not-found';
  if (link.role === 'owner') return 'owner-link';
  await prisma.link.updateMany({
    where: { id, revokedAt: null },
    data: { revokedAt: new Date() },
  });
  return 'revoked';
}
