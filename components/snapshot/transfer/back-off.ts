/** The first wait after a fault; it doubles with each further one, up to the last. */
const FIRST_WAIT_MS = 500;
const LAST_WAIT_MS = 15_000;

/** Faults in a row without one chunk in between, after which a person decides: about a minute and a half. */
export const MOST_FAULTS = 10;

/**
 * How long to wait before the next attempt, in milliseconds.
 * @param faults in a row, this one counted in
 * @param chance between 0 and 1: spreads the attempts of many pages after a server came back
 */
export function backOffMs(faults: number, chance: number): number {
  const whole = Math.min(LAST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(faults - 1, 30));
  return Math.round(whole * (0.5 + chance / 2));
}

/** A wait that ends early, with the signal's reason, when it is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
