/** One after the other, in the order of the calls. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Does `work` once all before it is done, well or not. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Waits for its turn and keeps it until the function it resolves with is called. */
  take(): Promise<() => void> {
    return new Promise((taken) => {
      void this.run(() => new Promise<void>((release) => taken(release)));
    });
  }
}
