/** The time is cut into this many ticks, so a machine that slept is not taken for a peer that is silent. */
const TICKS = 4;

/** Calls back when nothing was heard for a time, at most a quarter late. One timer, however much is heard. */
export class SilenceTimer {
  readonly #timer: ReturnType<typeof setInterval>;
  #quietTicks = 0;

  constructor(silenceMs: number, onSilence: () => void) {
    this.#timer = setInterval(() => {
      this.#quietTicks += 1;
      if (this.#quietTicks > TICKS) onSilence();
    }, silenceMs / TICKS);
  }

  heard(): void {
    this.#quietTicks = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
