import type { Backend } from '@/lib/machine/types';
import { connectClient, type PgClient } from '@/lib/postgres/client';

/** A table, or what pg_dump takes like one: a view, a sequence. */
export interface DumpedTable {
  readonly schema: string;
  readonly name: string;
}

/** More are not listed to choose from. */
const MAX_TABLES = 2_000;

/** Names of the databases one may connect to. Rejects with PgError or PgConnectionError. */
export function listDatabases(backend: Backend): Promise<readonly string[]> {
  return inDatabase(backend, 'postgres', async (client) => {
    const { rows } = await client.query(
      'select datname from pg_database where datallowconn and not datistemplate order by 1',
    );
    return rows.map(([name]) => name ?? '');
  });
}

/** Tables, foreign tables, views and sequences of their own in a database, by schema and name. */
export function listTables(backend: Backend, database: string): Promise<readonly DumpedTable[]> {
  return inDatabase(backend, database, async (client) => {
    const { rows } = await client.query(
      `select nspname, relname
         from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where relkind in ('r', 'p', 'f', 'v', 'm') and not relispartition
          and nspname !~ '^pg_' and nspname <> 'information_schema'
        order by 1, 2 limit ${MAX_TABLES}`,
    );
    return rows.map(([schema, name]) => ({ schema: schema ?? '', name: name ?? '' }));
  });
}

/** Makes a database that is empty whatever somebody has put into template1. */
export function makeDatabase(backend: Backend, name: string): Promise<void> {
  return inDatabase(backend, 'postgres', (client) =>
    client.simple(`create database "${name.replaceAll('"', '""')}" template template0`),
  );
}

async function inDatabase<T>(
  backend: Backend,
  database: string,
  work: (client: PgClient) => Promise<T>,
): Promise<T> {
  const client = await connectClient(backend.connect(), {
    user: 'owner',
    database,
    applicationName: 'Warren files',
  });
  try {
    return await work(client);
  } finally {
    client.end();
  }
}
