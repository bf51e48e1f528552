import type { PrismaClient } from '../../lib/server/database/open';
import type { Metrics } from '../../lib/server/metrics';
import { type AppendedRow, appendRows } from './store';

export type AppendOutcome = 'stored' | 'fenced';

interface Waiting {
  readonly row: AppendedRow;
  resolve(outcome: AppendOutcome): void;
  reject(error: unknown): void;
}

/** Rows of one statement: as many rooms as write at the same moment. */
const MAX_ROWS = 100;

/**
 * Group commit for all notebooks of the process: while one INSERT is under way, what comes waits and goes into the
 * next, whichever room it is of. When idle, nothing waits. A room has at most one row here at a time.
 */
export class Appender {
  readonly #prisma: PrismaClient;
  readonly #metrics: Metrics;
  readonly #maxBytes: number;
  #waiting: Waiting[] = [];
  #isRunning = false;

  /** @param maxBytes of one statement; a single larger row goes alone */
  constructor(prisma: PrismaClient, metrics: Metrics, maxBytes: number) {
    this.#prisma = prisma;
    this.#metrics = metrics;
    this.#maxBytes = maxBytes;
  }

  /** Resolves when the row is on disk, or its epoch is not the newest; rejects when it may not be on disk. */
  append(row: AppendedRow): Promise<AppendOutcome> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ row, resolve, reject });
      if (!this.#isRunning) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0) {
      const batch = this.#take();
      if (await this.#store(batch)) continue;
      // One of them may be what the database does not take; that must not hold up the others.
      if (batch.length > 1) for (const one of batch) await this.#store([one]);
    }
    this.#isRunning = false;
  }

  #take(): Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const { row } of this.#waiting) {
      bytes += row.data.length;
      if (count > 0 && (bytes > this.#maxBytes || count >= MAX_ROWS)) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  /** True when each of them has its answer. */
  async #store(batch: readonly Waiting[]): Promise<boolean> {
    const stopTimer = this.#metrics.notebookStoreSeconds.startTimer();
    try {
      const rows = batch.map(({ row }) => row);
      const stored = await appendRows(this.#prisma, rows);
      stopTimer({ outcome: 'stored' });
      for (const { row, resolve } of batch) {
        if (stored.has(row.playground)) {
          this.#metrics.notebookStoredBytes.inc(row.data.length);
          resolve('stored');
        } else resolve('fenced');
      }
      return true;
    } catch (error) {
      stopTimer({ outcome: 'failed' });
      if (batch.length > 1) return false;
      batch[0]?.reject(error);
      return true;
    }
  }
}
