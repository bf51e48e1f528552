import { RateLimiterMemory } from 'rate-limiter-flexible';
import { addressKey } from '../address';
import type { Limits } from '../limits';

/** Who showed a secret that did not fit. A link is given only if it exists, so that guesses cost no memory. */
export interface Failure {
  readonly address: string;
  readonly link: string | undefined;
}

/**
 * Slows the answers to wrong secrets, per address and per link. Only failures wait: the right secret is
 * answered at once however many wrong ones came before, so nobody can lock an owner out.
 */
export class FailureThrottle {
  readonly #limits: Limits;
  readonly #counts: RateLimiterMemory;
  readonly #waiting = new Map<string, number>();

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#counts = new RateLimiterMemory({
      points: limits.failuresFree,
      duration: limits.failureWindowSeconds,
    });
  }

  /** Resolves when the failure may be answered; `busy` at once when too many of this address wait already. */
  async wait({ address, link }: Failure): Promise<'waited' | 'busy'> {
    const key = addressKey(address);
    const counts = await Promise.all([
      this.#counts.penalty(`address:${key}`),
      link === undefined ? undefined : this.#counts.penalty(`link:${link}`),
    ]);
    const failures = Math.max(...counts.map((count) => count?.consumedPoints ?? 0));
    const delayMs = this.delayMs(failures);
    if (delayMs === 0) return 'waited';
    const waiting = this.#waiting.get(key) ?? 0;
    if (waiting >= this.#limits.failuresWaitingPerAddress) return 'busy';
    this.#waiting.set(key, waiting + 1);
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    const left = (this.#waiting.get(key) ?? 1) - 1;
    if (left > 0) this.#waiting.set(key, left);
    else this.#waiting.delete(key);
    return 'waited';
  }

  /** How long the answer to the nth failure waits. */
  delayMs(failures: number): number {
    const { failuresFree, failureDelayFirstMs, failureDelayMaxMs } = this.#limits;
    const further = failures - failuresFree;
    if (further <= 0) return 0;
    return Math.min(failureDelayMaxMs, failureDelayFirstMs * 2 ** Math.min(further - 1, 20));
  }
}
