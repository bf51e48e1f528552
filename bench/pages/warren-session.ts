import type { Backend } from '../../lib/machine/types';
import { connectClient } from '../../lib/postgres/client';
import type { Session } from '../workload/session';

/** A session of the house's own client, as the page opens one. */
export async function openWarrenSession(backend: Backend): Promise<Session> {
  const client = await connectClient(backend.connect(), {
    user: 'owner',
    database: 'postgres',
    applicationName: 'bench',
  });
  return {
    async query(sql, parameters) {
      const { rows } = await client.query(sql, parameters, { rowMode: 'array' });
      return rows[0]?.[0] ?? undefined;
    },
    async copyIn(table, chunks) {
      await client.copyIn(`copy ${table} from stdin`, chunks);
    },
    async copyOut(table) {
      let bytes = 0;
      await client.copyOut(`copy ${table} to stdout`, (chunk) => {
        bytes += chunk.length;
      });
      return bytes;
    },
    close: async () => client.end(),
  };
}
