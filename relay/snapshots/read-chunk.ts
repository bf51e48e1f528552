import { isPlaygroundId } from '../../lib/access/ids';
import { chunkLength, keyOf } from './chunks';
import type { SnapshotKeeping } from './keeping';
import { snapshotState } from './state';
import { tokenFits } from './tokens';

export type ChunkResult =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | {
      readonly ok: false;
      readonly code:
        | 'snapshot-unknown'
        | 'snapshot-expired'
        | 'snapshot-damaged'
        | 'opening-unknown'
        | 'chunk-unknown';
    };

/** A chunk's bytes for the token of an opening. @param number undefined when it was none */
export async function readChunk(
  keeping: SnapshotKeeping,
  id: string,
  token: string,
  number: number | undefined,
): Promise<ChunkResult> {
  const { objects, metrics } = keeping;
  const found = await findFor(keeping, id, token);
  if (!found.ok) return found;
  const length = number === undefined ? undefined : chunkLength(found, number);
  if (number === undefined || length === undefined) return { ok: false, code: 'chunk-unknown' };
  const stored = await objects.get(keyOf(id, number));
  if (stored?.length !== length) {
    stored?.body.destroy();
    // Deleted or expired while we looked: that is what is to be told then.
    const again = await findFor(keeping, id, token);
    return again.ok ? { ok: false, code: 'snapshot-damaged' } : again;
  }
  const bytes = await readAll(stored.body, length);
  metrics.snapshotBytesPassed.inc({ direction: 'out' }, length);
  return { ok: true, bytes };
}

/** The snapshot as it is cut, when the token may read it now. */
async function findFor({ prisma, now }: SnapshotKeeping, id: string, token: string) {
  const row = await prisma.snapshot.findUnique({ where: { id }, omit: { card: true } });
  const state = snapshotState(row, now());
  if (!row || state === 'gone' || state === 'uploading') return refuse('snapshot-unknown');
  if (state === 'expired') return refuse('snapshot-expired');
  const [opening, secret = ''] = token.split('.', 2);
  const grant = isPlaygroundId(opening)
    ? await prisma.snapshotOpening.findUnique({ where: { id: opening } })
    : null;
  const isGood =
    grant?.snapshotId === id &&
    tokenFits(secret, grant.tokenHash) &&
    now() < grant.expiresAt.getTime();
  if (!isGood) return refuse('opening-unknown');
  return { ok: true, bytes: Number(row.bytes), chunks: row.chunks } as const;
}

function refuse<Code extends string>(code: Code) {
  return { ok: false, code } as const;
}

/** One chunk fits in memory; so a reader that is slow holds no connection to the store. */
async function readAll(body: AsyncIterable<Uint8Array>, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for await (const part of body) {
    bytes.set(part.subarray(0, length - at), at);
    at += part.length;
  }
  if (at !== length) throw new Error(`the store gave ${at} of ${length} bytes`);
  return bytes;
}
