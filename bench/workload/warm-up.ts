/** Repeats `once` for so long, one after the other; the turns count from 0. */
export async function warmUp(
  durationMs: number,
  once: (turn: number) => Promise<unknown>,
): Promise<void> {
  const startedAt = performance.now();
  for (let turn = 0; performance.now() - startedAt < durationMs; turn++) await once(turn);
}
