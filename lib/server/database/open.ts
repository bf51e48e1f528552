import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { PrismaClient } from '../../../prisma/generated/client';
import type { Config } from '../config';
import type { Log } from '../log';
import { migrate } from './migrate';
import { startPostgres } from './postgres-process';

export type { PrismaClient };

/** The relay's own database: ready, migrated, and to be closed at the end. */
export interface Database {
  readonly prisma: PrismaClient;
  /** Resolves when an embedded server ended by itself; never for a server elsewhere. */
  readonly died: Promise<void>;
  close(): Promise<void>;
}

/** Bounded, so that a burst of visitors queues here and not in PostgreSQL. */
const POOL_CONNECTIONS = 10;
/** A request answers 503 rather than waiting longer than this for a connection. */
const POOL_TIMEOUT_MS = 5_000;

/** Small, since it keeps links and not people's data; connections: the pool, the owner's session, a person's psql. */
const EMBEDDED_SETTINGS = {
  max_connections: '30',
  shared_buffers: '16MB',
  max_wal_size: '128MB',
  autovacuum_max_workers: '1',
  max_worker_processes: '2',
  max_parallel_workers: '0',
  io_method: 'sync',
} as const;

/** Opens the database the configuration names; same code for the embedded one and a server elsewhere. */
export async function openDatabase(
  config: Pick<Config, 'database' | 'dataDir'>,
  log: Log,
): Promise<Database> {
  if (config.database.kind === 'server') {
    const connection = { connectionString: config.database.url };
    const prisma = await connect(connection, log);
    return { prisma, died: new Promise(() => undefined), close: () => prisma.$disconnect() };
  }
  const server = await startPostgres({
    directory: path.join(config.dataDir, 'postgres'),
    log,
    auth: 'scram-sha-256',
    settings: EMBEDDED_SETTINGS,
  });
  try {
    const prisma = await connect(server.connection, log);
    const close = async () => {
      await prisma.$disconnect();
      await server.stop();
    };
    return { prisma, died: server.died, close };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function connect(connection: pg.ClientConfig, log: Log): Promise<PrismaClient> {
  await migrate(connection, log);
  const adapter = new PrismaPg(
    { ...connection, max: POOL_CONNECTIONS, connectionTimeoutMillis: POOL_TIMEOUT_MS },
    { onPoolError: (error) => log.warn({ err: error }, 'database connection lost') },
  );
  const prisma = new PrismaClient({ adapter });
  // The first query loads the query compiler, a third of a second that no visitor should wait for.
  await prisma.playground.findUnique({ where: { id: '' } });
  return prisma;
}
