/** A quarter of what a person notices as a pause, with room for what one step takes. */
const SLICE_MS = 12;

/**
 * Does long work in short tasks, so that the page answers meanwhile. The work is a generator that yields often,
 * say each millisecond. Rejects with the signal's reason once it is aborted.
 */
export async function inSlices<T>(work: Generator<void, T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    const until = performance.now() + SLICE_MS;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
