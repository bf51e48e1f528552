import { newLinkId, newSecret } from '../../lib/access/ids';
import { createVerifier } from '../../lib/access/scram-verifier';
import type { PrismaClient } from '../../lib/server/database/open';

export interface NewLink {
  readonly id: string;
  readonly secret: string;
  readonly role: 'editor' | 'viewer';
}

/** Makes a link; undefined when the playground has `most` already. */
export async function createLink(
  prisma: PrismaClient,
  playgroundId: string,
  role: 'editor' | 'viewer',
  most: number,
): Promise<NewLink | undefined> {
  const secret = newSecret();
  const verifier = await createVerifier(secret);
  const id = newLinkId();
  return await prisma.$transaction(async (transaction) => {
    // The playground's row is the lock: two requests at once must not both find the last place free.
    await transaction.$queryRaw`SELECT 1 FROM playground WHERE id = ${playgroundId} FOR UPDATE`;
    if ((await transaction.link.count({ where: { playgroundId } })) >= most) return undefined;
    await transaction.link.create({ data: { id, playgroundId, role, verifier } });
    return { id, secret, role };
  });
}
