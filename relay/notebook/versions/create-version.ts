import { newPlaygroundId } from '../../../lib/access/ids';
import type { PrismaClient } from '../../../lib/server/database/open';
import type { Prisma } from '../../../prisma/generated/client';
import type { Limits } from '../../limits';

/** Keeps a state under a name; undefined when there are as many named ones as there may be. */
export async function createNamedVersion(
  prisma: PrismaClient,
  playgroundId: string,
  version: { readonly name: string; readonly by: string; readonly state: Uint8Array<ArrayBuffer> },
  limits: Limits,
): Promise<string | undefined> {
  return await withLock(prisma, playgroundId, async (transaction) => {
    const { _count, _sum } = await transaction.notebookVersion.aggregate({
      where: { playgroundId, automatic: false },
      _count: true,
      _sum: { bytes: true },
    });
    const bytes = (_sum.bytes ?? 0) + version.state.length;
    if (_count >= limits.notebookVersionsNamed || bytes > limits.notebookVersionsMaxBytes) {
      return undefined;
    }
    const id = await insert(transaction, playgroundId, { ...version, automatic: false });
    await dropOldAutomatic(transaction, playgroundId, limits);
    return id;
  });
}

/** Keeps a state as a version nobody asked for; the oldest such ones give way. */
export async function createAutomaticVersion(
  prisma: PrismaClient,
  playgroundId: string,
  state: Uint8Array<ArrayBuffer>,
  limits: Limits,
): Promise<void> {
  await withLock(prisma, playgroundId, async (transaction) => {
    const version = { name: '', by: '', state, automatic: true };
    await insert(transaction, playgroundId, version);
    await dropOldAutomatic(transaction, playgroundId, limits);
  });
}

type Transaction = Prisma.TransactionClient;

/** The playground's row is the lock: two at once must not both find the last place free. */
async function withLock<T>(
  prisma: PrismaClient,
  playgroundId: string,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return await prisma.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT 1 FROM playground WHERE id = ${playgroundId} FOR NO KEY UPDATE`;
    return await work(transaction);
  });
}

async function insert(
  transaction: Transaction,
  playgroundId: string,
  version: {
    readonly name: string;
    readonly by: string;
    readonly automatic: boolean;
    readonly state: Uint8Array<ArrayBuffer>;
  },
): Promise<string> {
  const id = newPlaygroundId();
  const bytes = version.state.length;
  await transaction.notebookVersion.create({
    data: { id, playgroundId, bytes, ...version },
    select: { id: true },
  });
  return id;
}

/** Beyond their number, and beyond what all versions may hold; named ones stay. */
async function dropOldAutomatic(
  transaction: Transaction,
  playgroundId: string,
  limits: Limits,
): Promise<void> {
  await transaction.$executeRaw`
    DELETE FROM notebook_version WHERE id IN (
      SELECT id FROM (
        SELECT id, automatic,
          count(*) FILTER (WHERE automatic) OVER newest AS number,
          sum(bytes) OVER newest AS total
        FROM notebook_version WHERE playground_id = ${playgroundId}
        WINDOW newest AS (ORDER BY automatic, created_at DESC, id)
      ) AS ranked
      WHERE automatic AND (number > ${limits.notebookVersionsAutomatic}::int
        OR total > ${limits.notebookVersionsMaxBytes}::bigint)
    )`;
}
