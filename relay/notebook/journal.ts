import { setImmediate as immediate } from 'node:timers/promises';
import * as Y from 'yjs';
import type { Limits } from '../limits';
import type { AppendOutcome } from './appender';

/** Who hears that its changes are stored. */
export interface Author {
  /** The first `count` of its changes are stored. */
  stored(count: number): void;
}

type Entry =
  | {
      readonly kind: 'change';
      /** Absent when it brought nothing new. */
      readonly update: Uint8Array | undefined;
      readonly isRaw: boolean;
      readonly author: Author;
      readonly count: number;
    }
  | { readonly kind: 'task'; readonly run: () => Promise<void>; readonly done: () => void };

export interface JournalEvents {
  append(data: Uint8Array): Promise<AppendOutcome>;
  /** A row of this length has been appended. */
  onStored(bytes: number): void;
  /** A write failed; it is tried again until it succeeds. */
  onTrouble(error: unknown): void;
  onRecovered(): void;
  /** Another server writes this document now; nothing is stored any more. */
  onFenced(): void;
}

/**
 * What has happened to one document and is not yet stored, in order. It writes as soon as it can: what comes while a
 * write is under way goes into the next one. Only what is stored is acknowledged (rule N2).
 */
export class Journal {
  readonly #limits: Limits;
  readonly #events: JournalEvents;
  readonly #stop = new AbortController();
  #queue: Entry[] = [];
  #isRunning = false;
  #unstoredBytes = 0;

  constructor(limits: Limits, events: JournalEvents) {
    this.#limits = limits;
    this.#events = events;
  }

  /** Bytes that are in memory only. */
  get unstoredBytes(): number {
    return this.#unstoredBytes;
  }

  /** A change of an author, the `count`-th of its connection. */
  change(change: {
    readonly update: Uint8Array | undefined;
    readonly isRaw: boolean;
    readonly author: Author;
    readonly count: number;
  }): void {
    this.#unstoredBytes += change.update?.length ?? 0;
    this.#push({ kind: 'change', ...change });
  }

  /** Runs `work` when all that came before is stored; nothing is stored meanwhile. Resolves also when closed before. */
  async after(work: () => Promise<void>): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#push({ kind: 'task', run: work, done: resolve });
    });
  }

  /** Resolves when all that came before is stored, or the journal is closed. */
  async settled(): Promise<void> {
    await this.after(async () => undefined);
  }

  /** Stores nothing more; a write under way may still succeed. */
  close(): void {
    this.#stop.abort();
    for (const entry of this.#queue.splice(0)) if (entry.kind === 'task') entry.done();
  }

  #push(entry: Entry): void {
    if (this.#stop.signal.aborted) {
      if (entry.kind === 'task') entry.done();
      return;
    }
    this.#queue.push(entry);
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    // Messages that were read in the same turn share a write.
    await immediate();
    for (let next = this.#queue[0]; next; next = this.#queue[0]) {
      if (next.kind === 'task') {
        this.#queue.shift();
        await next.run();
        next.done();
      } else await this.#store();
    }
    this.#isRunning = false;
  }

  async #store(): Promise<void> {
    const { updates, acknowledgements } = this.#take();
    if (updates.length > 0) {
      const data = updates.length === 1 ? updates[0] : Y.mergeUpdates(updates);
      if (data && !(await this.#append(data))) return;
      this.#events.onStored(data?.length ?? 0);
    }
    this.#unstoredBytes -= updates.reduce((sum, update) => sum + update.length, 0);
    for (const [author, count] of acknowledgements) author.stored(count);
  }

  /** The next changes that go into one row. Raw ones go alone: only what our own document wrote is surely merged right. */
  #take(): {
    readonly updates: Uint8Array[];
    readonly acknowledgements: ReadonlyMap<Author, number>;
  } {
    const updates: Uint8Array[] = [];
    const acknowledgements = new Map<Author, number>();
    let bytes = 0;
    let isClosed = false;
    let count = 0;
    for (const entry of this.#queue) {
      if (entry.kind === 'task') break;
      if (entry.update) {
        bytes += entry.update.length;
        const fits = !isClosed && !entry.isRaw && bytes <= this.#limits.notebookBatchBytes;
        if (updates.length > 0 && !fits) break;
        updates.push(entry.update);
        isClosed = entry.isRaw;
      }
      acknowledgements.set(entry.author, entry.count);
      count += 1;
    }
    this.#queue.splice(0, count);
    return { updates, acknowledgements };
  }

  /** Tries until it is stored; false when it will not be: fenced or closed. */
  async #append(data: Uint8Array): Promise<boolean> {
    let retryMs: number = this.#limits.notebookRetryFirstMs;
    for (let failures = 0; !this.#stop.signal.aborted; failures++) {
      try {
        const outcome = await this.#events.append(data);
        if (failures > 0) this.#events.onRecovered();
        if (outcome === 'stored') return true;
        this.#events.onFenced();
        return false;
      } catch (error) {
        if (failures === 0) this.#events.onTrouble(error);
        await this.#pause(retryMs);
        retryMs = Math.min(retryMs * 2, this.#limits.notebookRetryLastMs);
      }
    }
    return false;
  }

  async #pause(ms: number): Promise<void> {
    const { signal } = this.#stop;
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const over = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', over);
        resolve();
      };
      const timer = setTimeout(over, ms);
      signal.addEventListener('abort', over);
    });
  }
}
