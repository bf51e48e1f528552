import type { PrismaClient } from '../../lib/server/database/open';
import type { Log } from '../../lib/server/log';
import type { Metrics } from '../../lib/server/metrics';
import type { Limits } from '../limits';
import type { Appender } from './appender';
import { AwarenessBook } from './awareness';
import { MalformedError } from './byte-reader';
import type { Connection } from './connection';
import { ServerDocument } from './document';
import { Journal } from './journal';
import { readMessage } from './read-message';
import type { RefusalCode } from './refusals';
import { compactNotebook, type OpenedNotebook } from './store';
import { createAutomaticVersion } from './versions/create-version';
import {
  answerMessage,
  askMessage,
  awarenessMessage,
  troubleMessage,
  updateMessage,
} from './write-message';

export interface RoomOptions {
  readonly playground: string;
  readonly opened: OpenedNotebook;
  readonly limits: Limits;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly prisma: PrismaClient;
  readonly appender: Appender;
  /** The room is of no use any more: it is empty and stored, or has failed. */
  readonly onClosed: () => void;
}

/** One notebook in memory, the pages at it, and what of it is not yet stored. */
export class Room {
  readonly #options: RoomOptions;
  readonly #document: ServerDocument;
  readonly #journal: Journal;
  readonly #awareness: AwarenessBook;
  readonly #connections = new Set<Connection>();
  /** The number of the last row that was written or tried. */
  #seq: number;
  /** Rows after the state, and their bytes. */
  #rows: number;
  #rowBytes = 0;
  #lastVersionAt: number;
  #hasChanged: boolean;
  #isCompacting = false;
  #inTrouble = false;
  #isClosed = false;
  #awarenessTimer: NodeJS.Timeout | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #quietTimer: NodeJS.Timeout | undefined;
  #versionTimer: NodeJS.Timeout | undefined;
  readonly #renewalTimer: NodeJS.Timeout;
  readonly #pingTimer: NodeJS.Timeout;

  /** Throws when what is stored is no document. */
  constructor(options: RoomOptions) {
    const { opened, limits, playground, appender } = options;
    this.#options = options;
    this.#document = new ServerDocument(limits, () => performance.now());
    this.#document.load(opened.parts);
    this.#awareness = new AwarenessBook(limits.notebookAwarenessMaxBytes);
    this.#seq = opened.lastSeq;
    this.#rows = opened.updates;
    this.#lastVersionAt = opened.lastVersionAt ?? 0;
    this.#hasChanged = opened.hasChanged;
    this.#journal = new Journal(limits, {
      append: (data) => {
        // A number of its own for each try: one that seemed to fail may be on disk all the same.
        this.#seq += 1;
        return appender.append({ playground, epoch: opened.epoch, seq: this.#seq, data });
      },
      onStored: (bytes) => this.#stored(bytes),
      onTrouble: (error) => this.#troubled(error),
      onRecovered: () => this.#recovered(),
      onFenced: () => this.abandon('other-writer'),
    });
    this.#renewalTimer = setInterval(
      () => this.#publish(this.#awareness.takeRenewals()),
      limits.notebookRenewalEveryMs,
    ).unref();
    this.#pingTimer = setInterval(() => this.#ping(), limits.pingEveryMs).unref();
    if (this.#hasChanged) this.#planVersion();
    this.#planIdle();
  }

  join(connection: Connection): void {
    if (this.#connections.size >= this.#options.limits.notebookConnectionsPerRoom) {
      connection.end('room-full');
      return;
    }
    clearTimeout(this.#idleTimer);
    this.#connections.add(connection);
    // Rule N2: what the page has and we have not is asked for first, where it counts.
    if (connection.mayWrite) connection.send(askMessage(this.#document.stateVector));
    const everybody = this.#awareness.everybody();
    if (everybody) connection.send(everybody);
    if (this.#inTrouble) connection.send(troubleMessage('storage-failed'));
  }

  leave(connection: Connection): void {
    if (!this.#connections.delete(connection)) return;
    this.#awareness.leave(connection);
    this.#planAwareness();
    if (this.#connections.size === 0) this.#planIdle();
  }

  /** Takes one message of a page. */
  receive(connection: Connection, bytes: Uint8Array): void {
    if (!connection.isOpen) return;
    const refusal = this.#take(connection, bytes);
    if (refusal) connection.end(refusal);
  }

  /** Resolves when all that has come is stored, or the time is over. */
  async settled(timeoutMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeoutMs);
    });
    await Promise.race([this.#journal.settled(), late]);
    clearTimeout(timer);
  }

  /** Ends all connections and forgets the document; what is not stored is lost, and was not acknowledged. */
  abandon(code: RefusalCode): void {
    if (this.#isClosed) return;
    this.#close();
    for (const connection of [...this.#connections]) connection.end(code);
  }

  #take(connection: Connection, bytes: Uint8Array): RefusalCode | undefined {
    if (!connection.allows(bytes.length)) return 'too-many-messages';
    try {
      const message = readMessage(bytes);
      switch (message.type) {
        case 'ask-document':
          return this.#answer(connection, message.stateVector);
        case 'change':
          return this.#change(connection, message.update);
        case 'awareness':
          return this.#tell(connection, message.update);
        case 'ask-awareness':
          connection.send(this.#awareness.everybody() ?? awarenessMessage([]));
          return undefined;
      }
    } catch (error) {
      if (error instanceof MalformedError) return 'message-malformed';
      this.#options.log.error({ err: error }, 'a message to a notebook failed');
      return 'internal';
    }
  }

  #answer(connection: Connection, stateVector: Uint8Array): RefusalCode | undefined {
    let update: Uint8Array;
    try {
      update = this.#document.missing(stateVector);
    } catch {
      return 'message-malformed';
    }
    return connection.answer(answerMessage(update)) ? undefined : 'asked-too-often';
  }

  #change(connection: Connection, update: Uint8Array): RefusalCode | undefined {
    const { limits, metrics, log } = this.#options;
    if (!connection.mayWrite) return 'viewer-wrote';
    if (this.#journal.unstoredBytes + update.length > limits.notebookUnstoredMaxBytes) {
      return 'unstored-too-large';
    }
    const applied = this.#document.apply(update);
    if (applied.outcome === 'refused') return applied.code;
    if (applied.outcome === 'broken') {
      log.warn({ err: applied.error }, 'an update could not be applied; the notebook is reopened');
      connection.end('update-harmful');
      // What is in memory is half applied. What is stored is whole; the others bring the rest again.
      this.abandon('reopened');
      return undefined;
    }
    const { store, isRaw, publish, isMore } = applied.change;
    if (publish) this.#publish(updateMessage(publish), isMore ? undefined : connection);
    if (store) {
      metrics.notebookUpdates.inc();
      this.#planQuiet();
    }
    const count = connection.countChange();
    this.#journal.change({ update: store, isRaw, author: connection, count });
    return undefined;
  }

  #tell(connection: Connection, update: Uint8Array): RefusalCode | undefined {
    const received = this.#awareness.receive(connection, update);
    if (typeof received === 'string') return received;
    if (received > 0) {
      this.#options.metrics.rejects.inc({ at: 'notebook', code: 'awareness-foreign' }, received);
    }
    this.#planAwareness();
    return undefined;
  }

  #publish(message: Buffer, except?: Connection): void {
    for (const connection of this.#connections) {
      if (connection !== except) connection.send(message);
    }
  }

  /** The first news goes out after the interval as well: what comes meanwhile goes along. */
  #planAwareness(): void {
    if (this.#awarenessTimer || !this.#awareness.hasNews) return;
    this.#awarenessTimer = setTimeout(() => {
      this.#awarenessTimer = undefined;
      this.#publish(this.#awareness.takeNews());
    }, this.#options.limits.notebookAwarenessEveryMs);
  }

  #ping(): void {
    for (const connection of this.#connections) connection.ping();
  }

  #stored(bytes: number): void {
    const { limits } = this.#options;
    this.#rows += 1;
    this.#rowBytes += bytes;
    if (!this.#hasChanged) {
      this.#hasChanged = true;
      this.#planVersion();
    }
    const isMuch =
      this.#rows >= limits.notebookCompactUpdates || this.#rowBytes >= limits.notebookCompactBytes;
    if (isMuch) void this.#compact();
  }

  #troubled(error: unknown): void {
    const { log } = this.#options;
    this.#inTrouble = true;
    log.error({ err: error }, 'a notebook cannot be stored');
    this.#publish(troubleMessage('storage-failed'));
  }

  #recovered(): void {
    this.#inTrouble = false;
    this.#options.log.info('the notebook is stored again');
    this.#publish(troubleMessage('storage-back'));
  }

  /** Compacts when it has been quiet for a while: each change puts it off. */
  #planQuiet(): void {
    const { limits } = this.#options;
    if (this.#quietTimer) {
      this.#quietTimer.refresh();
      return;
    }
    this.#quietTimer = setTimeout(() => {
      if (this.#rows >= limits.notebookCompactQuietUpdates) void this.#compact();
    }, limits.notebookQuietMs).unref();
  }

  /** Writes the document as one state in place of its updates (rule N9). */
  async #compact(): Promise<void> {
    if (this.#isCompacting || this.#rows === 0) return;
    this.#isCompacting = true;
    const { prisma, playground, opened, metrics, log } = this.#options;
    await this.#journal.after(async () => {
      const data = this.#document.encode();
      try {
        const row = { playground, epoch: opened.epoch, seq: this.#seq, data };
        const isOurs = await compactNotebook(prisma, row);
        metrics.notebookCompactions.inc({ outcome: isOurs ? 'done' : 'fenced' });
        if (isOurs) {
          this.#rows = 0;
          this.#rowBytes = 0;
        } else this.abandon('other-writer');
      } catch (error) {
        // Nothing is lost: the updates are still there. The next change tries again.
        metrics.notebookCompactions.inc({ outcome: 'failed' });
        log.error({ err: error }, 'a notebook could not be compacted');
      }
    });
    this.#isCompacting = false;
  }

  #planVersion(): void {
    if (this.#versionTimer) return;
    const { notebookVersionEveryMs } = this.#options.limits;
    const dueInMs = this.#lastVersionAt + notebookVersionEveryMs - Date.now();
    // A first version waits as well: what has just begun is worth nothing yet.
    const waitMs = dueInMs > 0 ? dueInMs : notebookVersionEveryMs;
    this.#versionTimer = setTimeout(() => {
      this.#versionTimer = undefined;
      void this.#version();
    }, waitMs).unref();
  }

  /** Makes an automatic version, if one is due. */
  async #version(): Promise<void> {
    const { prisma, playground, limits, metrics, log } = this.#options;
    if (!this.#hasChanged) return;
    await this.#journal.after(async () => {
      const state = this.#document.encode();
      this.#hasChanged = false;
      try {
        await createAutomaticVersion(prisma, playground, state, limits);
        this.#lastVersionAt = Date.now();
        metrics.notebookVersions.inc({ kind: 'automatic' });
      } catch (error) {
        this.#hasChanged = true;
        log.error({ err: error }, 'a version could not be stored');
        this.#planVersion();
      }
    });
  }

  #planIdle(): void {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(
      () => void this.#retire(),
      this.#options.limits.notebookIdleMs,
    ).unref();
  }

  /** Leaves memory, with everything in order on disk; unless somebody comes meanwhile. */
  async #retire(): Promise<void> {
    const isDue = Date.now() - this.#lastVersionAt >= this.#options.limits.notebookVersionEveryMs;
    if (isDue) await this.#version();
    await this.#compact();
    await this.#journal.settled();
    if (this.#connections.size > 0 || this.#isClosed) return;
    if (this.#journal.unstoredBytes > 0) this.#planIdle();
    else this.#close();
  }

  #close(): void {
    this.#isClosed = true;
    this.#journal.close();
    clearTimeout(this.#awarenessTimer);
    clearTimeout(this.#idleTimer);
    clearTimeout(this.#quietTimer);
    clearTimeout(this.#versionTimer);
    clearInterval(this.#renewalTimer);
    clearInterval(this.#pingTimer);
    this.#document.destroy();
    this.#options.onClosed();
  }
}
