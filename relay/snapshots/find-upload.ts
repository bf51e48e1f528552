import type { ChunkPlan } from './chunks';
import type { SnapshotKeeping } from './keeping';
import { snapshotState } from './state';
import { hashToken, tokenFits } from './tokens';

/** An upload whose token was shown. */
export interface Upload extends ChunkPlan {
  readonly id: string;
  readonly ttlSeconds: number;
  /** When it was finished; undefined while it goes on. */
  readonly finished: { readonly expiresAt: Date } | undefined;
}

export type UploadProof =
  | { readonly ok: true; readonly upload: Upload }
  | { readonly ok: false; readonly code: 'upload-unknown' | 'link-revoked' };

/** Compared with when there is no such snapshot. */
const NO_HASH = hashToken('no token has this form');

/** Checks an upload token. Unknown, deleted, given up and a wrong token are answered alike. */
export async function findUpload(
  { prisma, now }: SnapshotKeeping,
  id: string,
  token: string,
): Promise<UploadProof> {
  const row = await prisma.snapshot.findUnique({
    where: { id },
    omit: { card: true },
    include: { link: { select: { revokedAt: true } } },
  });
  const fits = tokenFits(token, row?.uploadTokenHash ?? NO_HASH);
  const state = snapshotState(row, now());
  if (!row || !fits || state === 'gone' || state === 'expired') {
    return { ok: false, code: 'upload-unknown' };
  }
  // What a link has begun ends with it.
  if (row.link.revokedAt) return { ok: false, code: 'link-revoked' };
  const { bytes, chunks, ttlSeconds, expiresAt } = row;
  const finished = state === 'uploading' ? undefined : { expiresAt };
  return { ok: true, upload: { id, bytes: Number(bytes), chunks, ttlSeconds, finished } };
}
