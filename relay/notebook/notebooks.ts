import type { PrismaClient } from '../../lib/server/database/open';
import type { Log } from '../../lib/server/log';
import type { Metrics } from '../../lib/server/metrics';
import type { Limits } from '../limits';
import { Appender } from './appender';
import type { RefusalCode } from './refusals';
import { Room } from './room';
import { openNotebook } from './store';

/** The notebooks that are in the memory of this process, by playground. */
export class Notebooks {
  readonly #limits: Limits;
  readonly #log: Log;
  readonly #metrics: Metrics;
  readonly #prisma: PrismaClient;
  readonly #appender: Appender;
  readonly #rooms = new Map<string, Promise<Room>>();
  #isClosing = false;

  constructor(options: {
    readonly limits: Limits;
    readonly log: Log;
    readonly metrics: Metrics;
    readonly prisma: PrismaClient;
  }) {
    const { limits, log, metrics, prisma } = options;
    this.#limits = limits;
    this.#log = log;
    this.#metrics = metrics;
    this.#prisma = prisma;
    this.#appender = new Appender(prisma, metrics, limits.notebookBatchBytes);
  }

  /** The room of a playground, opened if nobody is in it yet; or why there is none. */
  async room(playground: string): Promise<Room | RefusalCode> {
    if (this.#isClosing) return 'shutting-down';
    const known = this.#rooms.get(playground);
    if (!known && this.#rooms.size >= this.#limits.notebookRooms) return 'too-many-rooms';
    try {
      return await (known ?? this.#open(playground));
    } catch (error) {
      if (!known) this.#log.error({ err: error, playground }, 'a notebook could not be opened');
      return 'not-opened';
    }
  }

  /** Resolves when what pages have sent to a notebook so far is stored, or it takes too long. */
  async settled(playground: string): Promise<void> {
    const room = await this.#rooms.get(playground)?.catch(() => undefined);
    await room?.settled(this.#limits.notebookLastStoreMs);
  }

  /** Stores what is there and says goodbye to everybody. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await Promise.all(
      [...this.#rooms.values()].map(async (opening) => {
        const room = await opening.catch(() => undefined);
        await room?.settled(this.#limits.notebookLastStoreMs);
        room?.abandon('shutting-down');
      }),
    );
  }

  #open(playground: string): Promise<Room> {
    const opening = this.#load(playground, () => {
      if (this.#rooms.get(playground) === opening) this.#rooms.delete(playground);
      this.#metrics.notebookRooms.set(this.#rooms.size);
    });
    this.#rooms.set(playground, opening);
    this.#metrics.notebookRooms.set(this.#rooms.size);
    return opening;
  }

  async #load(playground: string, onClosed: () => void): Promise<Room> {
    try {
      const opened = await openNotebook(this.#prisma, playground);
      return new Room({
        playground,
        opened,
        limits: this.#limits,
        log: this.#log.child({ playground }),
        metrics: this.#metrics,
        prisma: this.#prisma,
        appender: this.#appender,
        onClosed,
      });
    } catch (error) {
      onClosed();
      throw error;
    }
  }
}
