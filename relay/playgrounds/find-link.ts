import type { PrismaClient } from '../../lib/server/database/open';
import type { StoredLink } from './types';

/** The link with this id in this playground, revoked or not. */
export async function findLink(
  prisma: PrismaClient,
  playgroundId: string,
  id: string,
): Promise<StoredLink | undefined> {
  const link = await prisma.link.findFirst({ where: { id, playgroundId } });
  if (!link) return undefined;
  const { role, verifier, revokedAt } = link;
  return { id, playgroundId, role, verifier, revoked: revokedAt !== null };
}
