import type { PgClient } from '@/lib/postgres/client';
import { LOADED_SQL, RELOAD_SQL } from './settings-sql';

/** How often, and how many times, this session is asked whether it has read the files again. */
const ASK_EVERY_MS = 50;
const ASKS = 60;

/**
 * Runs an ALTER SYSTEM and lets the server read its files again; resolves once this session has, so that pg_settings
 * tells the new state. Rejects with PostgreSQL's error when it refuses the value: nothing is changed then.
 */
export async function changeSetting(client: PgClient, statement: string): Promise<void> {
  const before = await loadedAt(client);
  // Each alone: ALTER SYSTEM does not run within a transaction.
  await client.query(statement);
  await client.query(RELOAD_SQL);
  for (let ask = 0; ask < ASKS; ask++) {
    if ((await loadedAt(client)) !== before) return;
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
}

async function loadedAt(client: PgClient): Promise<string | null | undefined> {
  const { rows } = await client.query(LOADED_SQL);
  return rows[0]?.[0];
}
