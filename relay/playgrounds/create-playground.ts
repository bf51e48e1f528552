import { newLinkId, newPlaygroundId, newSecret } from '../../lib/access/ids';
import { createVerifier } from '../../lib/access/scram-verifier';
import type { PrismaClient } from '../../lib/server/database/open';

export interface NewPlayground {
  readonly id: string;
  readonly link: { readonly id: string; readonly secret: string; readonly role: 'owner' };
}

/** Makes a playground with its owner's link. The secret is in the answer and nowhere else. */
export async function createPlayground(prisma: PrismaClient): Promise<NewPlayground> {
  const secret = newSecret();
  const link = { id: newLinkId(), role: 'owner' as const };
  const { id } = await prisma.playground.create({
    data: {
      id: newPlaygroundId(),
      links: { create: { ...link, verifier: await createVerifier(secret) } },
    },
  });
  return { id, link: { ...link, secret } };
}
