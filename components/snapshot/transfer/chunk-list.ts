/** First and last number of chunks that are there, both counted in. */
export type ChunkRange = readonly [from: number, to: number];

/**
 * The chunks that are still to be sent, in order.
 * @param received as the server tells it; what is beyond `count` or makes no sense is ignored, so that a chunk is
 * rather sent twice than not at all
 */
export function missingChunks(count: number, received: readonly ChunkRange[]): number[] {
  const isThere = new Uint8Array(count);
  for (const [from, to] of received) {
    if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0) continue;
    isThere.fill(1, from, Math.min(to, count - 1) + 1);
  }
  const missing: number[] = [];
  for (let chunk = 0; chunk < count; chunk++) if (isThere[chunk] === 0) missing.push(chunk);
  return missing;
}
