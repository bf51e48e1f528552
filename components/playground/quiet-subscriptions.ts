import type { Backend } from '@/lib/machine/types';
import { quoteIdentifier } from '@/lib/postgres/catalogue/quote-identifier';
import { connectClient } from '@/lib/postgres/client';

/**
 * Disables the subscriptions of a machine that is a copy: two copies of one subscriber would fight over its slot.
 * @returns their names, for the page to tell; none when there was nothing to do
 */
export async function quietSubscriptions(backend: Backend): Promise<readonly string[]> {
  const quieted: string[] = [];
  for (const { database, name } of await enabledSubscriptions(backend)) {
    await inDatabase(backend, database, async (client) => {
      await client.query(`ALTER SUBSCRIPTION ${quoteIdentifier(name)} DISABLE`);
    });
    quieted.push(name);
  }
  return quieted;
}

interface Subscription {
  readonly database: string;
  readonly name: string;
}

async function enabledSubscriptions(backend: Backend): Promise<readonly Subscription[]> {
  return inDatabase(backend, 'postgres', async (client) => {
    const { rows } = await client.query(
      'SELECT datname, subname FROM pg_subscription JOIN pg_database d ON d.oid = subdbid WHERE subenabled',
    );
    return rows.map(([database, name]) => ({ database: database ?? '', name: name ?? '' }));
  });
}

async function inDatabase<T>(
  backend: Backend,
  database: string,
  work: (client: Awaited<ReturnType<typeof connectClient>>) => Promise<T>,
): Promise<T> {
  const client = await connectClient(backend.connect(), { user: 'owner', database });
  try {
    return await work(client);
  } finally {
    client.end();
  }
}
