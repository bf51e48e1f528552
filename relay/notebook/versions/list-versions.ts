import type { PrismaClient } from '../../../lib/server/database/open';

export interface ListedVersion {
  readonly id: string;
  readonly name: string;
  readonly by: string;
  readonly automatic: boolean;
  readonly createdAt: Date;
  readonly bytes: number;
}

/** The versions of a notebook, newest first, without what is in them. */
export async function listVersions(
  prisma: PrismaClient,
  playgroundId: string,
): Promise<readonly ListedVersion[]> {
  return await prisma.notebookVersion.findMany({
    where: { playgroundId },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    select: { id: true, name: true, by: true, automatic: true, createdAt: true, bytes: true },
  });
}
