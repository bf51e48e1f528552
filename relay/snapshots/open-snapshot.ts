import { newPlaygroundId, newSecret } from '../../lib/access/ids';
import { type Found, findSnapshot } from './find-snapshot';
import type { SnapshotKeeping } from './keeping';
import { hashToken } from './tokens';

export type OpeningResult =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly code: Extract<Found, { ok: false }>['code'] };

/** Counts an opening and gives the token that reads; two at once never take the same last one. */
export async function openSnapshot(keeping: SnapshotKeeping, id: string): Promise<OpeningResult> {
  const { prisma, limits, metrics, now } = keeping;
  const at = new Date(now());
  const [opening, secret] = [newPlaygroundId(), newSecret()];
  const isOpened = await prisma.$transaction(async (transaction) => {
    const counted = await transaction.$executeRaw`
      UPDATE snapshot SET openings = openings + 1
      WHERE id = ${id} AND finished_at IS NOT NULL AND deleted_at IS NULL AND expires_at > ${at}
        AND (max_openings IS NULL OR openings < max_openings)`;
    if (counted === 0) return false;
    await transaction.snapshotOpening.create({
      data: {
        id: opening,
        snapshotId: id,
        tokenHash: hashToken(secret),
        expiresAt: new Date(at.getTime() + limits.snapshotOpeningMs),
      },
      select: { id: true },
    });
    return true;
  });
  if (isOpened) {
    metrics.snapshotEvents.inc({ event: 'opened' });
    return { ok: true, token: `${opening}.${secret}` };
  }
  const found = await findSnapshot(keeping, id);
  return { ok: false, code: found.ok ? 'snapshot-used-up' : found.code };
}
