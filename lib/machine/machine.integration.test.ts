import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectClient, type PgClient } from '../postgres/client';
import { PgError } from '../postgres/errors';
import type { ImageSource } from './image';
import { Machine, type MachineEvents } from './machine';
import { probePostgres } from './probe';
import { builtImage, v86Wasm } from './testing/image';
import type { MachineState } from './types';

/** How long PostgreSQL may take to recover after it lost a backend, on a busy machine. */
const RECOVERY_MS = 60_000;

/** Real emulator, real image, real PostgreSQL. Base states are restored; nothing is booted. */
let wasm: WebAssembly.Module;
beforeAll(async () => {
  wasm = await v86Wasm();
});

function machine(events: MachineEvents = {}, source: ImageSource = builtImage): Machine {
  return new Machine({ source, wasm: async () => wasm, events });
}

function session(of: Machine, user = 'owner'): Promise<PgClient> {
  return connectClient(of.connect(), { user, database: 'postgres' });
}

async function value(client: PgClient, sql: string): Promise<string | null> {
  const { rows } = await client.query(sql);
  return rows[0]?.[0] ?? null;
}

/** A program's output and exit code. */
async function output(of: Machine, ...argv: string[]): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  const collect = (chunk: Uint8Array) => {
    text += decoder.decode(chunk, { stream: true });
  };
  const process = of.exec({ argv }, { stdout: collect, stderr: collect });
  const result = await process.exited;
  expect(result, text).toEqual({ ended: 'exit', exitCode: 0 });
  return text;
}

describe('a machine from its base state', () => {
  const stages: MachineState['stage'][] = [];
  let subject: Machine;
  beforeAll(async () => {
    subject = machine({ state: ({ stage }) => stages.push(stage) });
    await subject.start({ memoryMb: 256 });
  });
  afterAll(() => subject.stop());

  it('goes through its stages and says which PostgreSQL answers', () => {
    expect([...new Set(stages)]).toEqual(['loading', 'restoring', 'checking', 'ready']);
    expect(subject.state).toMatchObject({ stage: 'ready', memoryMb: 256 });
    expect(subject.state).toHaveProperty('version', expect.stringMatching(/^PostgreSQL 17\.\d+$/));
  });

  it('has the time of its host, to a second', async () => {
    const client = await session(subject);
    const seconds = Number(await value(client, 'select extract(epoch from clock_timestamp())'));
    expect(Math.abs(seconds - Date.now() / 1000)).toBeLessThan(1);
    client.end();
  });

  it('runs programs with arguments, environment, stdin and exit code', async () => {
    const decoder = new TextDecoder();
    let stdout = '';
    const process = subject.exec(
      { argv: ['/bin/busybox', 'sh', '-c', 'cat; echo "$WORD"; exit 7'], env: { WORD: 'rabbit' } },
      {
        stdout: (chunk) => {
          stdout += decoder.decode(chunk, { stream: true });
        },
      },
    );
    await process.write(new TextEncoder().encode('hole\n'));
    process.closeStdin();
    expect(await process.exited).toEqual({ ended: 'exit', exitCode: 7 });
    expect(stdout).toBe('hole\nrabbit\n');
  });

  it('keeps a viewer from writing, in every way there is', async () => {
    const owner = await session(subject);
    await owner.simple('create table kept(a int); insert into kept values (1);');
    const viewer = await session(subject, 'viewer');
    expect(await value(viewer, 'select a from kept')).toBe('1');
    for (const sql of [
      'insert into kept values (2)',
      'update kept set a = 2',
      'delete from kept',
      'truncate kept',
      'drop table kept',
      'create table mine(a int)',
      'create temporary table mine(a int)',
      'create schema mine',
      'select lo_create(0)',
      "select lo_from_bytea(0, 'x')",
      "copy kept to program 'cat'",
      "copy kept to '/tmp/x'",
      'set role owner',
      'set session authorization owner',
      "select pg_read_file('/etc/passwd')",
      'create extension hstore',
      'select pg_reload_conf()',
    ]) {
      await expect(viewer.query(sql), sql).rejects.toMatchObject({ code: '42501' });
    }
    expect(await value(owner, 'select count(*) from kept')).toBe('1');
    viewer.end();
    owner.end();
  });

  it('lets an editor write data and create tables, and nothing above that', async () => {
    const editor = await session(subject, 'editor');
    await editor.simple('insert into kept values (3); create table theirs(a int);');
    await expect(editor.query("copy kept to program 'cat'")).rejects.toBeInstanceOf(PgError);
    await expect(editor.query('create role another')).rejects.toMatchObject({ code: '42501' });
    editor.end();
  });

  it.each(['vector', 'pgtap', 'hstore', 'plperl', 'plpython3u', 'pg_trgm', 'postgres_fdw'])(
    'has the extension %s',
    async (name) => {
      const client = await session(subject);
      await client.simple(`create extension ${name}; drop extension ${name};`);
      client.end();
    },
  );

  it("passes PostgreSQL's own limit on when there are too many sessions", async () => {
    const sessions: PgClient[] = [];
    let refusal: unknown;
    while (refusal === undefined && sessions.length < 200) {
      try {
        sessions.push(await session(subject, 'editor'));
      } catch (error) {
        refusal = error;
      }
    }
    expect(refusal).toMatchObject({ code: '53300' });
    for (const client of sessions) client.end();
  });

  it('is saved and restored with its data and tells old streams', async () => {
    const before = await session(subject);
    await before.simple('create table saved as select 42 as answer');
    const first = await value(before, 'select gen_random_uuid()::text');
    const lost = new Promise((resolve) => before.onClose(resolve));
    const state = await subject.save();
    await subject.start({ memoryMb: 256, from: { state } });
    await lost;
    const after = await session(subject);
    expect(await value(after, 'select answer from saved')).toBe('42');
    expect(await value(after, 'select gen_random_uuid()::text')).not.toBe(first);
    after.end();
  });
});

describe('a machine in trouble', () => {
  let subject: Machine;
  let failed: Promise<MachineState>;
  const watched = async () => {
    let tell: (state: MachineState) => void = () => {};
    failed = new Promise((resolve) => {
      tell = resolve;
    });
    subject = machine({
      state: (state) => {
        if (state.stage === 'failed') tell(state);
      },
    });
    await subject.start({ memoryMb: 128 });
  };
  afterEach(() => subject.stop());

  it('says so when PostgreSQL is killed, and comes back by a restart', async () => {
    await watched();
    await output(subject, '/bin/busybox', 'killall', '-9', 'postgres');
    expect(await failed).toMatchObject({ code: 'postgres-down' });
    await subject.start({ memoryMb: 128 });
    expect(subject.state.stage).toBe('ready');
  });

  it('tells a full disk from a stopped server', async () => {
    await watched();
    const client = await session(subject);
    await expect(
      client.simple(
        `create table big(t text); alter table big alter t set storage external;
         insert into big select repeat('x', 1000000) from generate_series(1, 1000);`,
      ),
    ).rejects.toBeInstanceOf(Error);
    // Where the disk ends in the middle of WAL, PostgreSQL stops for good; else it goes on. Both must be told.
    const answers = probePostgres(() => subject.connect(), RECOVERY_MS).catch(() => undefined);
    const outcome = await Promise.race([answers, failed]);
    if (typeof outcome === 'object') expect(outcome).toMatchObject({ code: 'disk-full' });
    else expect(outcome).toMatch(/^PostgreSQL 17/);
  });

  it('survives a query that takes more memory than there is', async () => {
    await watched();
    const client = await session(subject);
    await expect(
      client.query("select string_agg(repeat('x', 1000000), '') from generate_series(1, 1000)"),
    ).rejects.toBeInstanceOf(Error);
    expect(await probePostgres(() => subject.connect(), RECOVERY_MS)).toMatch(/^PostgreSQL 17/);
  });

  it('refuses a damaged base state before it becomes a machine', async () => {
    const damaged: ImageSource = {
      ...builtImage,
      read: async (file, onBytes) => {
        const bytes = await builtImage.read(file, onBytes);
        bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
        return bytes;
      },
    };
    subject = machine({}, damaged);
    await expect(subject.start({ memoryMb: 256 })).rejects.toMatchObject({ code: 'image-damaged' });
    expect(subject.state).toMatchObject({ stage: 'failed', code: 'image-damaged' });
  });
});
