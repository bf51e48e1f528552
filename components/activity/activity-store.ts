import { Cell, type Readable } from '../state/cell';
import type { ActivitySession } from './activity-session';
import {
  CANCEL_SQL,
  type DatabaseSize,
  LIMIT_SQL,
  readSessions,
  readSizes,
  SESSIONS_SQL,
  type SessionRow,
  SIZES_SQL,
  TERMINATE_SQL,
} from './activity-sql';

/** Between two readings while somebody looks. */
const EVERY_MS = 2_000;
/** At least so many times what the last reading took: the emulator has more to do. */
const REST_FACTOR = 2;
/** The sizes are added up from files, and change slowly: in every so many readings. */
const SIZES_EVERY = 5;

/** What the server does, at a moment. */
export interface ActivityReading {
  readonly sessions: readonly SessionRow[];
  readonly databases: readonly DatabaseSize[];
  readonly maxConnections: number;
}

export type ActivityState =
  | { readonly kind: 'reading' }
  | { readonly kind: 'read'; readonly reading: ActivityReading }
  /** Tried again by itself. `last` is what was read before. */
  | {
      readonly kind: 'failed';
      readonly message: string;
      readonly last: ActivityReading | undefined;
    };

/** What the server does, read again and again while somebody looks. */
export class ActivityStore {
  readonly state: Readable<ActivityState>;
  private readonly current = new Cell<ActivityState>({ kind: 'reading' });
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isActive = false;
  private isReading = false;
  private readings = 0;
  private databases: readonly DatabaseSize[] = [];

  constructor(
    private readonly session: ActivitySession,
    private readonly everyMs = EVERY_MS,
  ) {
    this.state = this.current;
  }

  /** Somebody looks, or nobody does any longer. */
  setActive(isActive: boolean): void {
    if (isActive === this.isActive) return;
    this.isActive = isActive;
    clearTimeout(this.timer);
    if (isActive) void this.read();
  }

  /** Ctrl-C for another session; false when it has ended already. */
  cancel(pid: number): Promise<boolean> {
    return this.signal(CANCEL_SQL, pid);
  }

  /** Ends another session; false when it has ended already. */
  terminate(pid: number): Promise<boolean> {
    return this.signal(TERMINATE_SQL, pid);
  }

  private async signal(sql: string, pid: number): Promise<boolean> {
    const { rows } = await this.session.use((client) => client.query(sql, [String(pid)]));
    void this.read();
    return rows[0]?.[0] === 't';
  }

  private async read(): Promise<void> {
    if (this.isReading || !this.isActive) return;
    this.isReading = true;
    clearTimeout(this.timer);
    const startedAt = performance.now();
    try {
      const reading = await this.readOnce();
      this.current.set({ kind: 'read', reading });
    } catch (thrown) {
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      this.current.set({ kind: 'failed', message, last: lastOf(this.current.get()) });
    }
    this.isReading = false;
    if (!this.isActive) return;
    const rest = REST_FACTOR * (performance.now() - startedAt);
    this.timer = setTimeout(() => void this.read(), Math.max(this.everyMs, rest));
  }

  private readOnce(): Promise<ActivityReading> {
    const withSizes = this.readings++ % SIZES_EVERY === 0;
    return this.session.use(async (client) => {
      const [sessions, limit, sizes] = await Promise.all([
        client.query(SESSIONS_SQL),
        client.query(LIMIT_SQL),
        withSizes ? client.query(SIZES_SQL) : undefined,
      ]);
      if (sizes) this.databases = readSizes(sizes);
      return {
        sessions: readSessions(sessions),
        databases: this.databases,
        maxConnections: Number(limit.rows[0]?.[0]),
      };
    });
  }
}

/** What was read last, if anything was. */
export function lastOf(state: ActivityState): ActivityReading | undefined {
  if (state.kind === 'read') return state.reading;
  return state.kind === 'failed' ? state.last : undefined;
}
