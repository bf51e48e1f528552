import type { Backend } from '@/lib/machine/types';
import { CatalogueReader } from '@/lib/postgres/catalogue/catalogue-reader';
import type { Catalogue } from '@/lib/postgres/catalogue/types';
import { connectClient, type PgClient } from '@/lib/postgres/client';
import type { Reach } from '../playground/reach';
import { Cell, type Readable } from '../state/cell';
import { type CatalogueState, catalogueOf } from './catalogue-state';

/** From the first reason to read again to the reading: a script's statements cause one reading, not twenty. */
const GATHER_MS = 400;
/** Between readings, at least this many times what the last one took: the emulator has more to do. */
const REST_FACTOR = 2;
/** A session that has read nothing for so long is closed, so that it takes no connection from anybody. */
const IDLE_MS = 60_000;
/** Between attempts after a failure: doubles from the first to the last. */
const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 60_000;

interface OpenSession {
  readonly backend: Backend;
  readonly client: PgClient;
  readonly reader: CatalogueReader;
}

/**
 * What this page knows of the database's schema. It is read in a PostgreSQL session of its own, never the person's, and
 * only while somebody subscribes to `state`.
 */
export class CatalogueStore {
  readonly state: Readable<CatalogueState>;
  /** Whether PostgreSQL's own schemas are read too. */
  readonly system: Readable<boolean>;
  private readonly current = new Cell<CatalogueState>({ kind: 'unread' });
  private readonly withSystem = new Cell(false);
  private readonly unfollow: () => void;
  private watchers = 0;
  /** Something may have changed since the last reading began. */
  private stale = true;
  private reading = false;
  private disposed = false;
  private session: OpenSession | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** When the timer goes off, in milliseconds since 1970. */
  private due = 0;
  private idleTimer: ReturnType<typeof setTimeout> | undefined;
  private retryMs = FIRST_RETRY_MS;
  private lastTookMs = 0;

  /** @param idleMs how long a session stays open that reads nothing */
  constructor(
    private readonly reach: Readable<Reach>,
    private readonly idleMs = IDLE_MS,
  ) {
    this.system = this.withSystem;
    this.state = {
      get: this.current.get,
      subscribe: (listener) => this.watch(listener),
    };
    this.unfollow = reach.subscribe(() => this.reachChanged());
  }

  /** Something may have changed: read again soon, if somebody looks. */
  refresh(): void {
    this.stale = true;
    this.schedule(Math.max(GATHER_MS, REST_FACTOR * this.lastTookMs));
  }

  /** Reads PostgreSQL's own schemas too, or no more. */
  includeSystem(include: boolean): void {
    if (include === this.withSystem.get()) return;
    this.withSystem.set(include);
    this.stale = true;
    this.schedule(0);
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
    this.unfollow();
    this.closeSession();
  }

  private watch(listener: () => void): () => void {
    const leave = this.current.subscribe(listener);
    let watching = true;
    this.watchers++;
    if (this.watchers === 1 && this.stale) this.schedule(0);
    return () => {
      leave();
      if (watching) this.watchers--;
      watching = false;
    };
  }

  private reachChanged(): void {
    const reach = this.reach.get();
    if (reach.kind === 'open' && reach.backend === this.session?.backend) return;
    // Another machine, or the same one after a restart: it may hold anything.
    this.stale = true;
    this.retryMs = FIRST_RETRY_MS;
    this.schedule(0);
  }

  /** Reads in `ms` or sooner, if somebody looks. */
  private schedule(ms: number): void {
    if (this.disposed || this.watchers === 0 || this.reading) return;
    const due = Date.now() + ms;
    if (this.timer !== undefined && this.due <= due) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.read();
    }, ms);
  }

  private async read(): Promise<void> {
    if (this.disposed || this.watchers === 0 || this.reading) return;
    const reach = this.reach.get();
    const last = catalogueOf(this.current.get());
    if (reach.kind !== 'open') {
      this.current.set({ kind: 'unread', reason: reach.reason, last });
      return;
    }
    this.reading = true;
    this.stale = false;
    this.current.set({ kind: 'reading', last });
    clearTimeout(this.idleTimer);
    const startedAt = performance.now();
    try {
      const { reader } = await this.openSession(reach.backend);
      const catalogue = await reader.read(this.withSystem.get());
      this.lastTookMs = performance.now() - startedAt;
      this.retryMs = FIRST_RETRY_MS;
      this.reading = false;
      this.current.set({ kind: 'read', catalogue });
      this.idleTimer = setTimeout(() => this.closeSession(), this.idleMs);
      if (this.stale) this.refresh();
    } catch (error) {
      this.reading = false;
      this.closeSession();
      this.failed(error, last);
    }
  }

  private failed(error: unknown, last: Catalogue | undefined): void {
    this.stale = true;
    const message = error instanceof Error ? error.message : String(error);
    if (this.disposed) return;
    this.current.set({ kind: 'failed', message, last });
    this.schedule(this.retryMs);
    this.retryMs = Math.min(LAST_RETRY_MS, this.retryMs * 2);
  }

  private async openSession(backend: Backend): Promise<OpenSession> {
    const { session } = this;
    if (session?.backend === backend && !session.client.closeReason) return session;
    this.closeSession();
    const client = await connectClient(backend.connect('look'), {
      // Over the relay it is overwritten by the link's role.
      user: 'owner',
      database: 'postgres',
      applicationName: 'Warren schema',
    });
    const opened = { backend, client, reader: new CatalogueReader(client) };
    if (this.disposed) client.end();
    else this.session = opened;
    return opened;
  }

  private closeSession(): void {
    clearTimeout(this.idleTimer);
    this.session?.client.end();
    this.session = undefined;
  }
}
