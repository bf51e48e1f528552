/** Things to be ended: last started, first ended, and each even when another one fails to end. */
export class Cleanup {
  readonly #tasks: (() => Promise<unknown>)[] = [];
  /** The last `run`: the next one waits for it. */
  #ran: Promise<void> = Promise.resolve();

  /** Once everything is being ended, a late one is ended too, and its starter hears of it by an error. */
  add(task: () => Promise<unknown>): void {
    unfinished.add(this);
    this.#tasks.push(task);
    if (isEnding) throw new Error('the bench is ending');
  }

  run(): Promise<void> {
    const running = this.#ran.then(() => this.#end());
    this.#ran = running.catch(() => {});
    return running;
  }

  async #end(): Promise<void> {
    const errors: unknown[] = [];
    for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop()) {
      await task().catch((error: unknown) => errors.push(error));
    }
    unfinished.delete(this);
    if (errors.length > 0) throw new AggregateError(errors, 'something did not end');
  }
}

/** Those with something to end, oldest first. */
const unfinished = new Set<Cleanup>();
let isEnding = false;

/** Ends all there is and all that comes, for good; when a signal ends the bench. Never rejects. */
export async function endEverything(): Promise<void> {
  isEnding = true;
  while (unfinished.size > 0) {
    for (const cleanup of [...unfinished].reverse()) await cleanup.run().catch(() => {});
  }
}

/** Runs `work`, then ends what it started. */
export async function withCleanup<T>(work: (cleanup: Cleanup) => Promise<T>): Promise<T> {
  const cleanup = new Cleanup();
  try {
    return await work(cleanup);
  } finally {
    await cleanup.run();
  }
}

/** Runs `open`, and ends what it started only when it fails; else that is for the caller. */
export async function orCleanup<T>(open: (cleanup: Cleanup) => Promise<T>): Promise<T> {
  const cleanup = new Cleanup();
  try {
    return await open(cleanup);
  } catch (thrown) {
    await cleanup.run();
    throw thrown;
  }
}
