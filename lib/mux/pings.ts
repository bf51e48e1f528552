import type { Reason } from './reason';
import { ResetError } from './reset-error';

interface Ping {
  resolve(): void;
  reject(error: ResetError): void;
}

/** PINGs that wait for their PONG (P2), by the number the mux gave them. */
export class Pings {
  readonly #waiting = new Map<number, Ping>();

  /** Resolves at `answered`, rejects with `ResetError` at `lose`. */
  wait(ping: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(ping, { resolve, reject });
    });
  }

  answered(ping: number): void {
    this.#waiting.get(ping)?.resolve();
    this.#waiting.delete(ping);
  }

  lose(reason: Reason): void {
    for (const ping of this.#waiting.values()) ping.reject(new ResetError(reason));
    this.#waiting.clear();
  }
}
