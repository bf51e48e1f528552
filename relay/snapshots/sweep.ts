import { ALL_SNAPSHOTS, parseKey, prefixOf } from './chunks';
import type { SnapshotKeeping } from './keeping';
import { clearAway, removeSnapshot } from './remove-snapshot';

/** Rows looked at together. */
const BATCH = 200;
/** Batches of one sweep: what is left then waits for the next. */
const BATCHES = 50;

/** Deletes what has expired, what was never finished, and what a deletion left behind. Any number may run at once. */
export async function sweepSnapshots(
  keeping: SnapshotKeeping,
  isStopping: () => boolean = () => false,
): Promise<void> {
  const { prisma, metrics, now } = keeping;
  const over = { expiresAt: { lte: new Date(now()) } };
  await prisma.snapshotOpening.deleteMany({ where: over });
  const isDue = { OR: [{ deletedAt: { not: null } }, over] };
  let after = '';
  for (let batch = 0; batch < BATCHES && !isStopping(); batch++) {
    const rows = await prisma.snapshot.findMany({
      where: { AND: [{ id: { gt: after } }, isDue] },
      orderBy: { id: 'asc' },
      take: BATCH,
      select: { id: true, deletedAt: true, finishedAt: true },
    });
    for (const { id, deletedAt, finishedAt } of rows) {
      if (isStopping()) return;
      const reason = finishedAt ? 'expired' : 'given-up';
      if (deletedAt) await clearAway(keeping, id);
      else await removeSnapshot(keeping, id, reason, over);
    }
    after = rows.at(-1)?.id ?? after;
    if (rows.length < BATCH) break;
  }
  const kept = { deletedAt: null, finishedAt: { not: null } };
  const { _count, _sum } = await prisma.snapshot.aggregate({
    where: kept,
    _count: true,
    _sum: { bytes: true },
  });
  metrics.snapshots.set(_count);
  metrics.snapshotBytes.set(Number(_sum.bytes ?? 0));
}

/**
 * Deletes objects of snapshots that have no row: a crash between two steps left them. Young ones stay, so that a
 * database brought back from a backup, or the wrong one, does not cost at once what is in the store.
 */
export async function sweepOrphans(
  keeping: SnapshotKeeping,
  isStopping: () => boolean = () => false,
): Promise<void> {
  const { objects, limits, now } = keeping;
  const oldest = now() - limits.snapshotUnfinishedMs;
  const old = new Map<string, boolean>();
  for await (const { key, modifiedAt } of objects.list(ALL_SNAPSHOTS)) {
    if (isStopping()) return;
    const snapshot = parseKey(key)?.snapshot;
    if (snapshot === undefined) continue;
    if (!old.has(snapshot) && old.size >= BATCH) await dropWithoutRow(keeping, old);
    old.set(snapshot, (old.get(snapshot) ?? true) && modifiedAt < oldest);
  }
  await dropWithoutRow(keeping, old);
}

async function dropWithoutRow(
  { prisma, objects, metrics, log }: SnapshotKeeping,
  old: Map<string, boolean>,
): Promise<void> {
  const ids = [...old].flatMap(([id, isOld]) => (isOld ? [id] : []));
  old.clear();
  const rows = await prisma.snapshot.findMany({
    where: { id: { in: ids } },
    select: { id: true },
  });
  const known = new Set(rows.map(({ id }) => id));
  for (const id of ids) {
    if (known.has(id)) continue;
    await objects.deletePrefix(prefixOf(id));
    metrics.snapshotEvents.inc({ event: 'orphaned' });
    log.warn({ snapshot: id }, 'objects without a snapshot deleted');
  }
}
