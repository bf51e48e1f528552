import { isPlaygroundId } from '../../lib/access/ids';
import type { PrismaClient } from '../../lib/server/database/open';

/** The playground with this id, if there is one. */
export async function findPlayground(
  prisma: PrismaClient,
  id: string,
): Promise<{ readonly id: string; readonly createdAt: Date } | undefined> {
  if (!isPlaygroundId(id)) return undefined;
  return (await prisma.playground.findUnique({ where: { id } })) ?? undefined;
}
