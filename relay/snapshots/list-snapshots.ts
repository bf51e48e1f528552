import type { SnapshotKeeping } from './keeping';
import { openingsLeft } from './state';

/** What its makers see of a snapshot. */
export interface ListedSnapshot {
  readonly id: string;
  readonly bytes: number;
  readonly createdAt: Date;
  /** Of one that is not finished: when its upload counts as given up. */
  readonly expiresAt: Date;
  readonly openings: number;
  /** Null: any number. */
  readonly maxOpenings: number | null;
  readonly openingsLeft: number | null;
  readonly finished: boolean;
}

/** A playground's snapshots that have not expired, newest first. */
export async function listSnapshots(
  { prisma, now }: SnapshotKeeping,
  playgroundId: string,
): Promise<readonly ListedSnapshot[]> {
  const rows = await prisma.snapshot.findMany({
    where: { playgroundId, deletedAt: null, expiresAt: { gt: new Date(now()) } },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    omit: { card: true, uploadTokenHash: true },
  });
  return rows.map(({ id, bytes, createdAt, expiresAt, openings, maxOpenings, finishedAt }) => ({
    id,
    bytes: Number(bytes),
    createdAt,
    expiresAt,
    openings,
    maxOpenings,
    openingsLeft: openingsLeft({ openings, maxOpenings }),
    finished: finishedAt !== null,
  }));
}
