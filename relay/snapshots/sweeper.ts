import type { SnapshotKeeping } from './keeping';
import { sweepOrphans, sweepSnapshots } from './sweep';

/** Sweeps now and then for as long as the server runs; a failure is logged and tried again the next time. */
export class Sweeper {
  readonly #keeping: SnapshotKeeping;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isStopping = false;
  /** Milliseconds since 1970; the store is looked through one interval after the start. */
  #orphansAt: number;

  constructor(keeping: SnapshotKeeping) {
    this.#keeping = keeping;
    this.#orphansAt = keeping.now() + keeping.limits.snapshotOrphansEveryMs;
  }

  start(): void {
    this.#running = this.#sweep().then(() => {
      if (this.#isStopping) return;
      const { snapshotSweepEveryMs } = this.#keeping.limits;
      this.#timer = setTimeout(() => this.start(), snapshotSweepEveryMs).unref();
    });
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #sweep(): Promise<void> {
    const { now, limits, log } = this.#keeping;
    const isStopping = () => this.#isStopping;
    try {
      await sweepSnapshots(this.#keeping, isStopping);
      if (now() < this.#orphansAt) return;
      this.#orphansAt = now() + limits.snapshotOrphansEveryMs;
      await sweepOrphans(this.#keeping, isStopping);
    } catch (error) {
      log.error({ err: error }, 'expired snapshots could not be deleted; tried again later');
    }
  }
}
