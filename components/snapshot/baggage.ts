import { LOOKING_SESSION } from '@/lib/machine/looking-session';
import { connectClient } from '@/lib/postgres/client';
import baggageSql from './baggage-sql';
import type { StreamsOfMachine } from './machine-streams';

/** What a machine holds beside the tables, as far as the person who gives it away should think of it. */
export interface Baggage {
  /** Roles other than those every machine has. */
  readonly roles: readonly string[];
  /** What ALTER SYSTEM, ALTER ROLE … SET and ALTER DATABASE … SET have set. */
  readonly settings: readonly { readonly scope: string; readonly name: string }[];
  readonly sessions: readonly OpenSession[];
  /** Their connection strings go along, passwords included. */
  readonly subscriptions: readonly string[];
  /** Foreign servers somebody has a log-in for, which goes along. */
  readonly foreignServers: readonly string[];
  /** Databases beside `postgres`. */
  readonly databases: readonly string[];
}

export interface OpenSession {
  readonly role: string;
  /** What it calls itself; may be empty. */
  readonly client: string;
  /** Seconds its transaction has been open; null when it has none. */
  readonly transactionSeconds: number | null;
}

/** Asks a machine, in a session of its own. Rejects as `connectClient` and its queries do. */
export async function readBaggage(
  machine: Pick<StreamsOfMachine, 'open'>,
  signal?: AbortSignal,
): Promise<Baggage> {
  const client = await connectClient(machine.open(LOOKING_SESSION), {
    user: 'owner',
    database: 'postgres',
    applicationName: 'Warren snapshot',
    signal,
  });
  try {
    const { rows } = await client.query(baggageSql);
    return JSON.parse(rows[0]?.[0] ?? '{}') as Baggage;
  } finally {
    client.end();
  }
}
