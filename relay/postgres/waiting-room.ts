/** Connections that have not authenticated, by address, each with a way to end it. */
export class WaitingRoom {
  readonly #most: number;
  readonly #byAddress = new Map<string, Set<() => void>>();

  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Lets one more wait. When too many of an address do, the oldest goes and not the newest: a guesser who fills
   * the room cannot keep its other users out. Returns the function to be called when the wait is over.
   */
  enter(address: string, evict: () => void): () => void {
    const waiting = this.#byAddress.get(address) ?? new Set();
    this.#byAddress.set(address, waiting);
    const [oldest] = waiting;
    if (oldest && waiting.size >= this.#most) {
      waiting.delete(oldest);
      oldest();
    }
    waiting.add(evict);
    return () => {
      waiting.delete(evict);
      if (waiting.size === 0 && this.#byAddress.get(address) === waiting) {
        this.#byAddress.delete(address);
      }
    };
  }
}
