import type { Backend } from '@/lib/machine/types';
import { connectClient, type PgClient } from '@/lib/postgres/client';
import type { Reach } from '../playground/reach';
import type { Readable } from '../state/cell';
import { ACTIVITY_NAME } from './activity-sql';

interface Opened {
  readonly backend: Backend;
  readonly client: Promise<PgClient>;
}

/** A PostgreSQL session of the tab Activity, opened when something is asked and closed when nobody looks. */
export class ActivitySession {
  private opened: Opened | undefined;

  /** @param nature `look`: what is asked in it changes nothing that would have to be saved */
  constructor(
    readonly reach: Readable<Reach>,
    private readonly nature?: 'look',
  ) {}

  /**
   * Gives the session to `work`. Rejects with a sentence for people: why PostgreSQL is not reached, or what it refused.
   */
  async use<T>(work: (client: PgClient) => Promise<T>): Promise<T> {
    const reach = this.reach.get();
    if (reach.kind !== 'open') throw new Error(reach.reason);
    return work(await this.open(reach.backend));
  }

  close(): void {
    const { opened } = this;
    this.opened = undefined;
    opened?.client.then(
      (client) => client.end(),
      () => {},
    );
  }

  private async open(backend: Backend): Promise<PgClient> {
    if (this.opened?.backend === backend) {
      // One that could not be opened is tried again by whoever asks next.
      const client = await this.opened.client.catch(() => undefined);
      if (client && !client.closeReason) return client;
    }
    this.close();
    const client = connectClient(backend.connect(this.nature), {
      // Over the relay it is overwritten by the link's role.
      user: 'owner',
      database: 'postgres',
      applicationName: ACTIVITY_NAME,
    });
    this.opened = { backend, client };
    return client;
  }
}
