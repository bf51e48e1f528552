/** What decides who may do what with a snapshot. */
export interface SnapshotLife {
  readonly expiresAt: Date;
  readonly finishedAt: Date | null;
  readonly deletedAt: Date | null;
  readonly maxOpenings: number | null;
  readonly openings: number;
}

/**
 * `gone` is as good as never made. `used-up` can be opened no more, but those who opened it may still read;
 * `expired` nobody may.
 */
export type SnapshotState = 'gone' | 'uploading' | 'open' | 'used-up' | 'expired';

/** @param now milliseconds since 1970 */
export function snapshotState(life: SnapshotLife | null, now: number): SnapshotState {
  if (!life || life.deletedAt) return 'gone';
  const isOver = now >= life.expiresAt.getTime();
  if (!life.finishedAt) return isOver ? 'gone' : 'uploading';
  if (isOver) return 'expired';
  return openingsLeft(life) === 0 ? 'used-up' : 'open';
}

/** Null: any number. */
export function openingsLeft({
  maxOpenings,
  openings,
}: Pick<SnapshotLife, 'maxOpenings' | 'openings'>): number | null {
  return maxOpenings === null ? null : Math.max(0, maxOpenings - openings);
}
