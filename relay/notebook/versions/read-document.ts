import * as Y from 'yjs';
import type { PrismaClient } from '../../../lib/server/database/open';

/** The document as it is stored now, as one update; an empty one when nobody has written anything. */
export async function readDocument(
  prisma: PrismaClient,
  playgroundId: string,
): Promise<Uint8Array<ArrayBuffer>> {
  // One statement, so that no compaction comes between the state and what is after it.
  const rows = await prisma.$queryRaw<{ data: Uint8Array<ArrayBuffer> }[]>`
    SELECT state AS data, 0 AS seq FROM notebook
      WHERE playground_id = ${playgroundId} AND state IS NOT NULL
    UNION ALL
    SELECT data, seq FROM notebook_update WHERE playground_id = ${playgroundId}
    ORDER BY seq`;
  const [only] = rows;
  if (only && rows.length === 1) return only.data;
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const { data } of rows) Y.applyUpdate(doc, data);
  });
  const state = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return state as Uint8Array<ArrayBuffer>;
}
