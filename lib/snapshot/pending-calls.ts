interface Caller {
  resolve(result: never): void;
  reject(error: unknown): void;
}

/** What was asked of another thread and is not answered yet, by number. */
export class PendingCalls {
  readonly #callers = new Map<number, Caller>();
  #next = 1;

  /** Sends what `send` makes of a fresh number; settles as its answer does. */
  begin<T>(send: (call: number) => void): Promise<T> {
    const call = this.#next++;
    return new Promise((resolve, reject) => {
      this.#callers.set(call, { resolve, reject });
      send(call);
    });
  }

  /** An answer that nobody waits for is ignored. `result` is what the call was begun for; that is the protocol's promise. */
  resolve(call: number, result: unknown): void {
    this.#take(call)?.resolve(result as never);
  }

  reject(call: number, error: unknown): void {
    this.#take(call)?.reject(error);
  }

  /** Whoever answers is gone: all that is under way fails. */
  rejectAll(error: unknown): void {
    for (const { reject } of this.#callers.values()) reject(error);
    this.#callers.clear();
  }

  #take(call: number): Caller | undefined {
    const caller = this.#callers.get(call);
    this.#callers.delete(call);
    return caller;
  }
}
