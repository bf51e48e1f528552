import { afterAll, beforeAll, expect, test } from 'vitest';
import { Machine } from '@/lib/machine/machine';
import { builtImage, v86Wasm } from '@/lib/machine/testing/image';
import { connectClient, type PgClient } from '@/lib/postgres/client';
import { Cell } from '../state/cell';
import { readBaggage } from './baggage';
import { dumpBytes } from './dump-program';
import type { StreamsOfMachine } from './machine-streams';
import { restoreDump } from './restore-program';

/** A real machine with its real pg_dump and pg_restore. */
let machine: Machine;
let owner: PgClient;
let streams: StreamsOfMachine;

beforeAll(async () => {
  const wasm = await v86Wasm();
  machine = new Machine({ source: builtImage, wasm: async () => wasm, events: {} });
  await machine.start({ memoryMb: 256 });
  owner = await session();
  streams = {
    state: new Cell(machine.state),
    open: (metadata) => machine.open(metadata),
  };
});
afterAll(async () => {
  await machine.stop();
});

function session(): Promise<PgClient> {
  return connectClient(machine.connect(), {
    user: 'owner',
    database: 'postgres',
    applicationName: 'a test',
  });
}

async function value(sql: string): Promise<string | null> {
  const { rows } = await owner.query(sql);
  return rows[0]?.[0] ?? null;
}

async function dump(): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of dumpBytes(streams)) parts.push(chunk.slice());
  return new Blob(parts);
}

test('what travels with a machine is told', async () => {
  expect(await readBaggage(machine)).toEqual({
    roles: [],
    settings: [],
    sessions: [{ role: 'owner', client: 'a test', transactionSeconds: null }],
    subscriptions: [],
    foreignServers: [],
    databases: [],
  });
  await owner.simple(`create role bob password 'secret'; alter role bob set work_mem = '8MB';`);
  await owner.query(`alter system set work_mem = '5MB'`);
  await owner.query('create database audit');
  await owner.simple(`create extension postgres_fdw;
    create server crm foreign data wrapper postgres_fdw;
    create user mapping for bob server crm options (user 'x', password 'y');
    create subscription s connection 'host=nowhere password=p' publication p with (connect = false);`);
  await owner.simple('begin; select 1;');
  const baggage = await readBaggage(machine);
  await owner.simple('commit');
  expect(baggage).toMatchObject({
    roles: ['bob'],
    settings: [
      { scope: 'role bob', name: 'work_mem' },
      { scope: 'the server', name: 'work_mem' },
    ],
    sessions: [{ client: 'a test', transactionSeconds: expect.any(Number) }],
    subscriptions: ['s'],
    foreignServers: ['crm'],
    databases: ['audit'],
  });
});

test('a dump is restored as it was, and again over a half of itself', async () => {
  await owner.simple(`
    create table kept(id int primary key, word text, bytes bytea);
    insert into kept select i, 'w' || i, decode(md5(i::text), 'hex') from generate_series(1, 5000) i;
    create view words as select word from kept;`);
  const digest = `select md5(string_agg(kept::text, '|' order by id)) from kept`;
  const before = await value(digest);
  const whole = await dump();
  await owner.simple('drop table kept cascade');
  const progress: number[] = [];
  const report = await restoreDump(streams, {
    dump: whole,
    isRepeated: false,
    onProgress: (bytes) => progress.push(bytes),
  });
  expect(await value(digest)).toBe(before);
  expect(progress.at(-1)).toBe(whole.size);
  // The extension, the server and the subscription were still there.
  expect(report.errors).toBeGreaterThan(0);
  expect(report.said).toContain('already exists');
  await owner.simple('delete from kept where id > 10');
  await restoreDump(streams, { dump: whole, isRepeated: true, onProgress: () => {} });
  expect(await value(digest)).toBe(before);
  expect(await value('select count(*) from words')).toBe('5000');
});

test('a dump that is cut ends with what pg_restore says of it', async () => {
  const whole = await dump();
  const cut = whole.slice(0, Math.floor(whole.size / 2));
  const restored = restoreDump(streams, { dump: cut, isRepeated: true, onProgress: () => {} });
  await expect(restored).rejects.toThrow(/could not read|end of file|unexpected/i);
  const other = new Blob(['this is no dump\n'.repeat(100_000)]);
  const refused = restoreDump(streams, { dump: other, isRepeated: false, onProgress: () => {} });
  await expect(refused).rejects.toThrow(/valid archive|text format|psql/i);
});

test('pg_dump that cannot lock a table says which', async () => {
  const other = await session();
  await other.simple('begin; lock table kept in access exclusive mode;');
  const refused = dump();
  await expect(refused).rejects.toThrow(/lock/i);
  await other.simple('rollback');
  other.end();
});
