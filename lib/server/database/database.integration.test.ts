import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../log';
import { migrate } from './migrate';
import { openDatabase } from './open';
import { type PostgresProcess, startPostgres } from './postgres-process';

const log = createLog('silent');

describe('the embedded PostgreSQL', () => {
  let directory: string;
  let server: PostgresProcess | undefined;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'warren-database-'));
  });
  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });
  afterAll(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  const start = async (name = 'postgres') => {
    const options = { directory: path.join(directory, name), log, auth: 'scram-sha-256' } as const;
    server = await startPostgres(options);
    return server;
  };
  const ask = async ({ connection }: PostgresProcess, sql: string) => {
    const client = new pg.Client(connection);
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };

  it('keeps what it is given, behind a password nobody else can read', async () => {
    const first = await start();
    await ask(first, 'create table kept as select 1 as one');
    await first.stop();
    expect(await ask(await start(), 'select * from kept')).toEqual([{ one: 1 }]);
    const { mode } = await stat(path.join(directory, 'postgres', 'password'));
    expect(mode & 0o077).toBe(0);
    const wrong = new pg.Client({ ...server?.connection, password: 'wrong' });
    await expect(wrong.connect()).rejects.toMatchObject({ code: '28P01' });
  });

  it('listens on its socket alone', async () => {
    expect(await ask(await start(), 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
  });

  it('starts over a pid file whose number belongs to something else', async () => {
    await (await start()).stop();
    const pidFile = path.join(directory, 'postgres', 'data', 'postmaster.pid');
    await writeFile(pidFile, `${process.pid}\n${path.join(directory, 'postgres', 'data')}\n`);
    expect(await ask(await start(), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('takes over one that a killed process left running', async () => {
    const root = fileURLToPath(new URL('../../..', import.meta.url));
    const script = path.join(directory, 'killed.mts');
    const place = JSON.stringify(path.join(directory, 'postgres'));
    await writeFile(
      script,
      `import { startPostgres } from '${root}lib/server/database/postgres-process';
      import { createLog } from '${root}lib/server/log';
      const options = { log: createLog('silent'), auth: 'scram-sha-256' } as const;
      await startPostgres({ ...options, directory: ${place} });
      process.kill(process.pid, 'SIGKILL');`,
    );
    const child = spawn(process.execPath, ['--import', 'tsx', script], { cwd: root });
    expect((await once(child, 'exit'))[1]).toBe('SIGKILL');
    const pidFile = path.join(directory, 'postgres', 'data', 'postmaster.pid');
    const orphan = Number((await readFile(pidFile, 'utf8')).split('\n')[0]);
    expect(await ask(await start(), 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(() => process.kill(orphan, 0)).toThrow();
  });

  it('is not shared by two processes', async () => {
    const first = await start();
    const second = startPostgres({
      directory: path.join(directory, 'postgres'),
      log,
      auth: 'scram-sha-256',
    });
    await expect(second).rejects.toMatchObject({ code: 'embedded-in-use' });
    expect(await ask(first, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('makes a whole cluster where an earlier try was cut short', async () => {
    await mkdir(path.join(directory, 'cut', 'data.unfinished'), { recursive: true });
    await writeFile(path.join(directory, 'cut', 'data.unfinished', 'PG_VERSION'), '18');
    expect(await ask(await start('cut'), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('finds room for its socket below a very long path', async () => {
    const name = 'long-'.repeat(30);
    expect(await ask(await start(name), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('says so when it ends by itself', async () => {
    const running = await start();
    const pidFile = path.join(directory, 'postgres', 'data', 'postmaster.pid');
    process.kill(Number((await readFile(pidFile, 'utf8')).split('\n')[0]), 'SIGINT');
    await running.died;
    server = undefined;
  });
});

describe('migrations', () => {
  let directory: string;
  let server: PostgresProcess;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'warren-migrations-'));
    server = await startPostgres({
      directory: path.join(directory, 'postgres'),
      log,
      auth: 'scram-sha-256',
    });
  });
  afterAll(async () => {
    await server?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  /** A database and a folder of migrations for one test. */
  const prepare = async (name: string, files: Readonly<Record<string, string>>) => {
    const admin = new pg.Client(server.connection);
    await admin.connect();
    await admin.query(`create database ${name}`);
    await admin.end();
    const folder = path.join(directory, name);
    const write = async (migration: string, sql: string) => {
      await mkdir(path.join(folder, migration), { recursive: true });
      await writeFile(path.join(folder, migration, 'migration.sql'), sql);
    };
    for (const [migration, sql] of Object.entries(files)) await write(migration, sql);
    const connection = { ...server.connection, database: name };
    const query = async (sql: string) => {
      const client = new pg.Client(connection);
      await client.connect();
      try {
        return (await client.query(sql)).rows;
      } finally {
        await client.end();
      }
    };
    return { run: () => migrate(connection, log, folder), write, query };
  };

  it('are applied once and in order', async () => {
    const { run, write, query } = await prepare('once', { '1_a': 'create table a (n int)' });
    expect(await run()).toEqual(['1_a']);
    await write('2_b', 'insert into a values (1)');
    expect(await run()).toEqual(['2_b']);
    expect(await run()).toEqual([]);
    expect(await query('select * from a')).toEqual([{ n: 1 }]);
  });

  it('are recorded as Prisma records them', async () => {
    const { run, query } = await prepare('recorded', { '1_a': 'select 1' });
    await run();
    const [row] = await query('select * from _prisma_migrations');
    expect(row).toMatchObject({
      // sha256 of "select 1"
      checksum: '822ae07d4783158bc1912bb623e5107cc9002d519e1143a9c200ed6ee18b6d0f',
      migration_name: '1_a',
      finished_at: expect.any(Date),
      rolled_back_at: null,
      applied_steps_count: 1,
    });
  });

  it('are applied by one of two processes that start together', async () => {
    const { run } = await prepare('together', { '1_a': 'create table a (n int)' });
    const applied = await Promise.all([run(), run(), run()]);
    expect(applied.flat()).toEqual(['1_a']);
  });

  it('leave nothing behind when they fail', async () => {
    const { run, query } = await prepare('failing', {
      '1_a': 'create table a (n int)',
      '2_b': 'create table b (n int); select 1/0',
    });
    await expect(run()).rejects.toMatchObject({ code: 'migration-failed' });
    expect(
      await query("select to_regclass('a') is null as a, to_regclass('b') is null as b"),
    ).toEqual([{ a: false, b: true }]);
  });

  it('may not be changed after they were applied', async () => {
    const { run, write } = await prepare('changed', { '1_a': 'select 1' });
    await run();
    await write('1_a', 'select 2');
    await expect(run()).rejects.toMatchObject({ code: 'migration-changed' });
  });

  it('of a newer version are not run backwards', async () => {
    const { run, query } = await prepare('newer', { '1_a': 'select 1' });
    await run();
    await query("update _prisma_migrations set migration_name = '9_future'");
    await expect(run()).rejects.toMatchObject({ code: 'migration-missing' });
  });

  it('of this repository make what the schema describes', async () => {
    const uri = `postgres://${server.connection.user}:${server.connection.password}@localhost/postgres?host=${encodeURIComponent(server.socketDirectory)}`;
    const database = await openDatabase(
      { database: { kind: 'server', url: uri }, dataDir: directory },
      log,
    );
    const link = { id: 'aaaaaaaa', role: 'owner' as const, verifier: 'x' };
    await database.prisma.playground.create({
      data: { id: 'aaaaaaaaaaaa', links: { create: link } },
    });
    expect(await database.prisma.link.findMany()).toEqual([
      { ...link, playgroundId: 'aaaaaaaaaaaa', createdAt: expect.any(Date), revokedAt: null },
    ]);
    await database.close();
  });
});
