import type { PrismaClient } from '../../lib/server/database/open';
import type { Role } from './types';

export interface ListedLink {
  readonly id: string;
  readonly role: Role;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

/** The links of a playground, oldest first, without anything that would let somebody in. */
export async function listLinks(
  prisma: PrismaClient,
  playgroundId: string,
): Promise<readonly ListedLink[]> {
  return await prisma.link.findMany({
    where: { playgroundId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true, role: true, createdAt: true, revokedAt: true },
  });
}
