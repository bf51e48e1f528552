import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type PostgresProcess, startPostgres } from '../../lib/server/database/postgres-process';
import { createLog } from '../../lib/server/log';

/** A real PostgreSQL with the roles of a machine; only the emulator around it is missing. */
export class MachinePostgres {
  readonly #server: PostgresProcess;
  readonly #directory: string;

  private constructor(server: PostgresProcess, directory: string) {
    this.#server = server;
    this.#directory = directory;
  }

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<MachinePostgres> {
    const directory = await mkdtemp(path.join(tmpdir(), 'warren-machine-'));
    const server = await startPostgres({
      directory: path.join(directory, 'postgres'),
      log: createLog('silent'),
      auth: 'trust',
      settings: { fsync: 'off', wal_level: 'logical', ...settings },
    });
    const machine = new MachinePostgres(server, directory);
    await machine.query(`
      create role owner superuser login;
      create role editor login;
      create role viewer login;
      grant create on schema public to editor;
      grant pg_read_all_data to editor, viewer;
      grant pg_write_all_data to editor;`);
    return machine;
  }

  get socketPath(): string {
    return this.#server.socketPath;
  }

  /** Runs SQL beside the relay. */
  async query(sql: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client(this.#server.connection);
    await client.connect();
    try {
      const result = await client.query(sql);
      return result.rows ?? [];
    } finally {
      await client.end();
    }
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }
}
