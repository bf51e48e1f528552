import type { PrismaClient } from '../../lib/server/database/open';
import { Prisma } from '../../prisma/generated/client';

/** A notebook as it is stored, opened for writing. */
export interface OpenedNotebook {
  /** Only who has the newest may write (rule N8). */
  readonly epoch: number;
  /** Updates that make up the document, the compacted state first. */
  readonly parts: readonly Uint8Array[];
  /** How many of them stand after the state. */
  readonly updates: number;
  /** The number of the last of them. */
  readonly lastSeq: number;
  /** Milliseconds since 1970 of the last automatic version. */
  readonly lastVersionAt: number | undefined;
  /** Whether something was stored after it. */
  readonly hasChanged: boolean;
}

/** What one room appends. */
export interface AppendedRow {
  readonly playground: string;
  readonly epoch: number;
  readonly seq: number;
  readonly data: Uint8Array;
}

/** Opens a notebook and shuts out whoever wrote it before. */
export async function openNotebook(
  prisma: PrismaClient,
  playground: string,
): Promise<OpenedNotebook> {
  // From here on nobody else stores: an append under way holds the row, and what it stored is read below.
  const { epoch, state, compactedAt } = await prisma.notebook.upsert({
    where: { playgroundId: playground },
    create: { playgroundId: playground, epoch: 1 },
    update: { epoch: { increment: 1 } },
  });
  const updates = await prisma.notebookUpdate.findMany({
    where: { playgroundId: playground },
    orderBy: { seq: 'asc' },
    select: { seq: true, data: true },
  });
  const version = await prisma.notebookVersion.findFirst({
    where: { playgroundId: playground, automatic: true },
    orderBy: { createdAt: 'desc' },
    select: { createdAt: true },
  });
  const lastVersionAt = version?.createdAt.getTime();
  const isStateNewer = compactedAt !== null && compactedAt.getTime() > (lastVersionAt ?? 0);
  return {
    epoch,
    parts: [...(state ? [state] : []), ...updates.map(({ data }) => data)],
    updates: updates.length,
    lastSeq: updates.at(-1)?.seq ?? 0,
    lastVersionAt,
    hasChanged: updates.length > 0 || isStateNewer,
  };
}

/**
 * Appends rows of different notebooks in one statement; gives the playgrounds whose row was taken. The others have a
 * newer epoch. The share lock makes an opening wait for us, and us for an opening, whose epoch we then see.
 */
export async function appendRows(
  prisma: PrismaClient,
  rows: readonly AppendedRow[],
): Promise<ReadonlySet<string>> {
  const values = rows.map(
    ({ playground, epoch, seq, data }) =>
      Prisma.sql`(${playground}::char(12), ${epoch}::int, ${seq}::int, ${data}::bytea)`,
  );
  const stored = await prisma.$queryRaw<{ playground_id: string }[]>`
    INSERT INTO notebook_update (playground_id, seq, data)
    SELECT n.playground_id, v.seq, v.data
    FROM (VALUES ${Prisma.join(values)}) AS v (playground_id, epoch, seq, data)
    JOIN notebook n ON n.playground_id = v.playground_id AND n.epoch = v.epoch
    FOR SHARE OF n
    RETURNING playground_id`;
  return new Set(stored.map((row) => row.playground_id));
}

/** Writes the state and deletes the updates it holds, in one statement; false when another server has opened it. */
export async function compactNotebook(
  prisma: PrismaClient,
  { playground, epoch, seq, data }: AppendedRow,
): Promise<boolean> {
  const kept = await prisma.$queryRaw<{ one: number }[]>`
    WITH kept AS (
      UPDATE notebook SET state = ${data}::bytea, compacted_at = now()
      WHERE playground_id = ${playground} AND epoch = ${epoch}
      RETURNING 1 AS one
    ), gone AS (
      DELETE FROM notebook_update
      WHERE playground_id = ${playground} AND seq <= ${seq} AND EXISTS (SELECT 1 FROM kept)
    )
    SELECT one FROM kept`;
  return kept.length > 0;
}
