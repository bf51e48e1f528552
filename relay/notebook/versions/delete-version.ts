import type { PrismaClient } from '../../../lib/server/database/open';

/** Deletes a version; false when this notebook has none with this id. */
export async function deleteVersion(
  prisma: PrismaClient,
  playgroundId: string,
  id: string,
): Promise<boolean> {
  const { count } = await prisma.notebookVersion.deleteMany({ where: { id, playgroundId } });
  return count > 0;
}
