/** Looks for tasks of the main thread that take longer than 50 ms, which the browser counts as long. */
export class TaskWatch {
  readonly #observer: PerformanceObserver;
  #longestMs = 0;

  /** @param sinceMs tasks that ended earlier do not count; in milliseconds since the page was opened */
  constructor(sinceMs: number) {
    this.#observer = new PerformanceObserver((list) => this.#note(list.getEntries(), sinceMs));
    this.#observer.observe({ type: 'longtask', buffered: true });
  }

  /** The longest task so far; 0 when none was long. A task counts once it is over, so the page is idle first. */
  longestMs(): Promise<number> {
    return new Promise((resolve) => {
      requestIdleCallback(() => setTimeout(() => resolve(this.#longestMs)));
    });
  }

  #note(tasks: PerformanceEntryList, sinceMs: number): void {
    for (const { startTime, duration } of tasks) {
      if (startTime + duration > sinceMs) this.#longestMs = Math.max(this.#longestMs, duration);
    }
  }
}
