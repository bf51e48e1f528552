/** Back-off between attempts: doubles from the first to the last, half of it at random so that a class of pages does not return at once. */
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 15_000;
/** A connection that lasted this long was a good one: the next cut starts from the first delay again. */
const STABLE_MS = 10_000;

/** How long a page waits before it tries to reach the server again. */
export class Pacing {
  readonly #random: () => number;
  #failures = 0;
  #atLeastMs = 0;
  #openedAt: number | undefined;
  #pause: { readonly timer: ReturnType<typeof setTimeout>; readonly go: () => void } | undefined;

  /** @param random from 0 to 1 */
  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** Resolves when the next attempt is due; at once before the first. */
  async wait(): Promise<void> {
    const delayMs = this.#delayMs();
    if (delayMs === 0) return;
    await new Promise<void>((go) => {
      this.#pause = { timer: setTimeout(go, delayMs), go };
    });
    this.#pause = undefined;
  }

  /** Lets what waits go at once, and forgets the failures: the network is back, or somebody pressed a button. */
  hurry(): void {
    this.#failures = 0;
    this.#atLeastMs = 0;
    if (!this.#pause) return;
    clearTimeout(this.#pause.timer);
    this.#pause.go();
  }

  opened(): void {
    this.#openedAt = Date.now();
  }

  /** An attempt failed or a connection has ended. @param atLeastMs what the server asked to wait */
  ended(atLeastMs = 0): void {
    const wasGood = this.#openedAt !== undefined && Date.now() - this.#openedAt >= STABLE_MS;
    this.#openedAt = undefined;
    this.#failures = wasGood ? 1 : this.#failures + 1;
    this.#atLeastMs = atLeastMs;
  }

  #delayMs(): number {
    if (this.#failures === 0) return 0;
    const backOff = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(this.#failures - 1, 10));
    return Math.max(this.#atLeastMs, backOff / 2 + (this.#random() * backOff) / 2);
  }
}
