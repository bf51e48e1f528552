import type { Snapshot } from '../../prisma/generated/client';
import type { SnapshotKeeping } from './keeping';
import { snapshotState } from './state';

export type Found =
  | { readonly ok: true; readonly snapshot: Snapshot }
  | {
      readonly ok: false;
      readonly code: 'snapshot-unknown' | 'snapshot-expired' | 'snapshot-used-up';
    };

/** A snapshot that can be opened. Unknown, not finished and deleted are answered alike. */
export async function findSnapshot({ prisma, now }: SnapshotKeeping, id: string): Promise<Found> {
  const snapshot = await prisma.snapshot.findUnique({ where: { id } });
  const state = snapshotState(snapshot, now());
  if (!snapshot || state === 'gone' || state === 'uploading') {
    return { ok: false, code: 'snapshot-unknown' };
  }
  return state === 'open' ? { ok: true, snapshot } : { ok: false, code: `snapshot-${state}` };
}
