import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Machine } from '@/lib/machine/machine';
import { builtImage, v86Wasm } from '@/lib/machine/testing/image';
import type { MachineState } from '@/lib/machine/types';
import { connectClient, type PgClient } from '@/lib/postgres/client';
import { Cell } from '../../state/cell';
import type { RebootStep } from './plan';
import { type Rebootable, runReboot } from './run-reboot';

/** A real machine, started again as the page's Worker would. */
const state = new Cell<MachineState>({ stage: 'off' });
const starts: unknown[] = [];
let machine: Machine;
let subject: Rebootable;

beforeAll(async () => {
  const wasm = await v86Wasm();
  machine = new Machine({
    source: builtImage,
    wasm: async () => wasm,
    events: { state: (next) => state.set(next) },
  });
  await machine.start({ memoryMb: 128 });
  subject = {
    state,
    open: (metadata) => machine.open(metadata),
    holdSaving() {},
    start(memoryMb, from) {
      starts.push([memoryMb, from]);
      void machine.start({ memoryMb });
    },
  };
});
afterAll(() => machine.stop());

function session(): Promise<PgClient> {
  return connectClient(machine.connect(), { user: 'owner', database: 'postgres' });
}

async function value(sql: string): Promise<string | null> {
  const client = await session();
  const { rows } = await client.query(sql);
  client.end();
  return rows[0]?.[0] ?? null;
}

const DIGEST = `select md5(string_agg(kept::text, '|' order by id)) from kept`;
/** pg_dumpall asks a cold server hundreds of questions: a minute of the emulator's processor on a busy machine. */
vi.setConfig({ testTimeout: 300_000 });

const reboot = { kind: 'machine', memoryMb: 256, from: 'base', keepsData: true } as const;

test('a larger machine gets all data, and the roles too', async () => {
  const client = await session();
  await client.simple(`
    create table kept(id int primary key, word text, bytes bytea);
    insert into kept select i, 'w' || i, decode(md5(i::text), 'hex') from generate_series(1, 5000) i;
    create role clerk;`);
  client.end();
  const before = await value(DIGEST);
  const steps: RebootStep[] = [];
  const outcome = await runReboot(subject, reboot, (step) => steps.push(step));
  expect(outcome).toMatchObject({ kind: 'done', errors: [], errorCount: 0 });
  expect(starts).toEqual([[256, 'base']]);
  expect(state.get()).toMatchObject({ stage: 'ready', memoryMb: 256 });
  expect(await value(DIGEST)).toBe(before);
  expect(await value(`select string_agg(rolname, ',') from pg_roles where rolname = 'clerk'`)).toBe(
    'clerk',
  );
  expect([...new Set(steps.map(({ kind }) => kind))]).toEqual(['dumping', 'starting', 'restoring']);
  expect(steps.at(-1)).toMatchObject({ sentBytes: outcome.dump?.size });
});

test('PostgreSQL alone is restarted, with its data', async () => {
  const since = await value('select pg_postmaster_start_time()');
  expect(await runReboot(subject, { kind: 'postgres' }, () => {})).toMatchObject({ kind: 'done' });
  expect(await value('select pg_postmaster_start_time()')).not.toBe(since);
  expect(await value('select count(*) from kept')).toBe('5000');
});

test('nothing is rebooted when the dump fails', async () => {
  const before = starts.length;
  const holder = await session();
  await holder.simple('begin; lock table kept in access exclusive mode');
  const outcome = await runReboot(subject, reboot, () => {});
  expect(outcome).toMatchObject({ kind: 'failed', isUnharmed: true });
  expect(outcome.kind === 'failed' && outcome.message).toMatch(/lock/i);
  expect(starts).toHaveLength(before);
  await holder.simple('rollback');
  holder.end();
  expect(await value('select count(*) from kept')).toBe('5000');
});
