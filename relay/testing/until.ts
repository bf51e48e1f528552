const POLL_MS = 5;
/** A busy machine may stop us for seconds; what never comes is still told. */
const PATIENCE_MS = 20_000;

/** Resolves once `probe` gives something truthy; for states that no event tells of. */
export async function until<T>(probe: () => T | Promise<T>, what: string): Promise<NonNullable<T>> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await probe();
    if (value) return value as NonNullable<T>;
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
