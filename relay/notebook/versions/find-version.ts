import type { PrismaClient } from '../../../lib/server/database/open';

/** What a version of this notebook holds: a Yjs update of the whole document. */
export async function findVersion(
  prisma: PrismaClient,
  playgroundId: string,
  id: string,
): Promise<Uint8Array | undefined> {
  const version = await prisma.notebookVersion.findFirst({
    where: { id, playgroundId },
    select: { state: true },
  });
  return version?.state;
}
