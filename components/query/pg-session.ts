import type { Backend } from '@/lib/machine/types';
import type { TransactionStatus } from '@/lib/postgres/backend-messages';
import { sendCancel } from '@/lib/postgres/cancel';
import { connectClient, type PgClient } from '@/lib/postgres/client';
import type { Reach } from '../playground/reach';
import { Cell, type Readable } from '../state/cell';

/** Between attempts to connect: doubles from the first to the last. */
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 10_000;

/** The page's one session with PostgreSQL. */
export type PgSessionState =
  /** PostgreSQL cannot be reached; see the reach for why. */
  | { readonly kind: 'away' }
  | { readonly kind: 'connecting' }
  | {
      readonly kind: 'open';
      readonly client: PgClient;
      /** E.g. `PostgreSQL 17.11`. */
      readonly version: string;
      /** The role it acts as in the database. */
      readonly role: string;
      readonly transaction: TransactionStatus;
    }
  /** Refused or lost; tried again by itself. */
  | { readonly kind: 'failed'; readonly message: string };

/** Keeps a session open as long as PostgreSQL can be reached, and opens another when it is lost. */
export class PgSession {
  readonly state: Readable<PgSessionState>;
  private readonly current = new Cell<PgSessionState>({ kind: 'away' });
  private backend: Backend | undefined;
  private connectedTo: Backend | undefined;
  /** Counts connections, so that what an abandoned one still reports is ignored. */
  private generation = 0;
  private retryMs = FIRST_RETRY_MS;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onLost told when a session that was open is gone, and with it what it held */
  constructor(
    reach: Readable<Reach>,
    private readonly onLost: (message: string) => void,
  ) {
    this.state = this.current;
    const look = () => {
      const now = reach.get();
      this.follow(now.kind === 'open' ? now.backend : undefined);
    };
    reach.subscribe(look);
    look();
  }

  /** Cancels what the session runs, as Ctrl-C does in psql: on a connection of its own. */
  async cancel(): Promise<void> {
    const state = this.current.get();
    if (state.kind !== 'open' || !this.backend) return;
    const { key } = state.client;
    await (key ? sendCancel(this.backend.connect(), key) : cancelByName(this.backend));
  }

  /** Cuts the session; another is opened. */
  cut(): void {
    this.drop();
    this.connect();
  }

  close(): void {
    this.backend = undefined;
    this.drop();
    this.current.set({ kind: 'away' });
  }

  private follow(backend: Backend | undefined): void {
    if (backend === this.backend) return;
    this.backend = backend;
    // An open session lives on while no new one could be opened; its own stream tells when it is gone.
    const open = this.current.get().kind === 'open';
    if (open && (backend === undefined || backend === this.connectedTo)) return;
    this.drop();
    this.retryMs = FIRST_RETRY_MS;
    if (backend) this.connect();
    else this.current.set({ kind: 'away' });
  }

  private connect(): void {
    clearTimeout(this.timer);
    if (!this.backend) {
      this.current.set({ kind: 'away' });
      return;
    }
    const generation = ++this.generation;
    const isCurrent = () => generation === this.generation;
    this.connectedTo = this.backend;
    this.current.set({ kind: 'connecting' });
    connectPage(this.backend).then(
      (client) => {
        if (isCurrent()) this.opened(client, isCurrent);
        else client.end();
      },
      (error: unknown) => {
        if (isCurrent()) this.failed(messageOf(error));
      },
    );
  }

  private opened(client: PgClient, isCurrent: () => boolean): void {
    this.retryMs = FIRST_RETRY_MS;
    const tell = () => {
      if (!isCurrent()) return;
      const server = client.parameters.get('server_version') ?? '';
      this.current.set({
        kind: 'open',
        client,
        version: `PostgreSQL ${server.split(' ')[0]}`.trim(),
        role: client.parameters.get('session_authorization') ?? '',
        transaction: client.status,
      });
    };
    client.onStatus(tell);
    client.onClose((reason) => {
      if (!isCurrent()) return;
      this.onLost(messageOf(reason));
      this.failed(messageOf(reason));
    });
    tell();
  }

  private failed(message: string): void {
    if (!this.backend) {
      this.current.set({ kind: 'away' });
      return;
    }
    this.current.set({ kind: 'failed', message });
    this.timer = setTimeout(() => this.connect(), this.retryMs);
    this.retryMs = Math.min(LAST_RETRY_MS, this.retryMs * 2);
  }

  private drop(): void {
    clearTimeout(this.timer);
    this.generation++;
    const state = this.current.get();
    if (state.kind === 'open') state.client.destroy();
  }
}

/** Of the tab's own machine: what it holds, an open transaction above all, goes on in a machine that is restored. */
const SESSION_NAME = 'page';
/** By which it is found when its key is not known. */
const NAMED_APPLICATION = 'Warren host page';

async function connectPage(backend: Backend): Promise<PgClient> {
  const named = await backend.connectNamed?.(SESSION_NAME);
  return connectClient(named?.stream ?? backend.connect(), {
    // Over the relay it is overwritten by the link's role.
    user: 'owner',
    database: 'postgres',
    applicationName: named ? NAMED_APPLICATION : 'Warren page',
    isResumed: named?.isResumed,
  });
}

/** A session that went on in a restored machine has a key that only the page before knew. */
async function cancelByName(backend: Backend): Promise<void> {
  const client = await connectClient(backend.connect(), { user: 'owner', database: 'postgres' });
  try {
    await client.query(
      `SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = '${NAMED_APPLICATION}'`,
    );
  } finally {
    client.end();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What a page says while there is no session though PostgreSQL can be reached. */
export function waitReason(state: PgSessionState): string {
  return state.kind === 'failed' ? `${state.message} Trying again…` : 'Opening a session…';
}
