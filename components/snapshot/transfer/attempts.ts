import { backOffMs, MOST_FAULTS } from './back-off';
import { isPassing } from './transfer-error';

/** What attempts need of the world. */
export interface Attempts {
  readonly signal: AbortSignal;
  pause(ms: number, signal: AbortSignal): Promise<void>;
  /** 0 to 1. */
  chance(): number;
  /** A fault was met and is waited for; undefined once things go on. */
  onFault?(message: string | undefined): void;
}

/**
 * Counts faults in a row. `met` waits and returns for one that may pass, and throws it again when it may not, or
 * when there were too many.
 */
export class FaultCount {
  #faults = 0;

  constructor(private readonly attempts: Attempts) {}

  async met(thrown: unknown): Promise<void> {
    const { signal } = this.attempts;
    signal.throwIfAborted();
    this.#faults++;
    if (!isPassing(thrown) || this.#faults >= MOST_FAULTS) throw thrown;
    this.attempts.onFault?.((thrown as Error).message);
    await this.attempts.pause(backOffMs(this.#faults, this.attempts.chance()), signal);
  }

  /** Something got through. */
  passed(): void {
    if (this.#faults === 0) return;
    this.#faults = 0;
    this.attempts.onFault?.(undefined);
  }
}
