import type { Duplex } from '../mux/duplex';
import { connectClient } from '../postgres/client';
import { PgError } from '../postgres/errors';
import { MachineError } from './errors';

/** PostgreSQL says 57P03 while it starts; we ask again this often. */
const STARTING_RETRY_MS = 100;
const CANNOT_CONNECT_NOW = '57P03';

/**
 * Opens a session as PostgreSQL's own client would and reads which version answers, e.g. `PostgreSQL 17.11`.
 * Waits while PostgreSQL is starting, up to `timeoutMs`.
 * @throws MachineError `postgres-silent`
 */
export async function probePostgres(connect: () => Duplex, timeoutMs: number): Promise<string> {
  const signal = AbortSignal.timeout(timeoutMs);
  for (;;) {
    try {
      const client = await connectClient(connect(), {
        user: 'owner',
        database: 'postgres',
        applicationName: 'warren probe',
        signal,
      });
      const version = client.parameters.get('server_version') ?? '';
      client.end();
      return `PostgreSQL ${version.split(' ')[0]}`;
    } catch (cause) {
      const starting =
        (cause instanceof PgError && cause.code === CANNOT_CONNECT_NOW) ||
        !(cause instanceof PgError);
      if (!starting || signal.aborted) {
        throw new MachineError(
          'postgres-silent',
          'The machine runs, but PostgreSQL in it does not answer. Restart it.',
          { cause },
        );
      }
      await new Promise((resolve) => setTimeout(resolve, STARTING_RETRY_MS));
    }
  }
}
