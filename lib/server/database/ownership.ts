import pg from 'pg';

/** Held for life by the process that owns the cluster (any number; this one spells "warn"). */
const OWNER_LOCK = 0x7761726e;
/** A server that starts or stops may let us wait. */
const CONNECT_TIMEOUT_MS = 2_000;

/** Marks the cluster as in use by this process, for as long as the session lives. */
export async function takeOwnership(connection: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(connection);
  client.on('error', () => undefined);
  await client.connect();
  await client.query('select pg_advisory_lock($1)', [OWNER_LOCK]);
  return client;
}

/** True while a process holds the cluster. */
export async function isOwned(connection: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query('select pg_try_advisory_lock($1) as free', [OWNER_LOCK]);
    return rows[0]?.free !== true;
  } catch {
    // It starts up or shuts down; with nobody able to use it, it counts as nobody's.
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
