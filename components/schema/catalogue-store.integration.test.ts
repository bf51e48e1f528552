import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startPostgres, type TestServer } from '@/lib/postgres/testing/postgres-server';
import type { Reach } from '../playground/reach';
import { Cell } from '../state/cell';
import { catalogueOf } from './catalogue-state';
import { CatalogueStore } from './catalogue-store';

let server: TestServer;
let connections = 0;
let store: CatalogueStore;

beforeAll(async () => {
  server = await startPostgres();
  const client = await server.client();
  await client.simple('create role owner superuser login; create table first_one (a int)');
  client.end();
});
afterAll(() => server.stop());
afterEach(() => {
  store.dispose();
  connections = 0;
});

const OPEN: Reach = {
  kind: 'open',
  backend: {
    connect: () => {
      connections++;
      return server.stream();
    },
  },
};

const tables = () =>
  catalogueOf(store.state.get())?.schemas[0]?.relations.map(({ name }) => name) ?? [];

async function run(sql: string): Promise<void> {
  const client = await server.client();
  await client.simple(sql);
  client.end();
}

test('nothing is opened until somebody looks', async () => {
  store = new CatalogueStore(new Cell<Reach>(OPEN));
  store.refresh();
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(connections).toBe(0);
  expect(store.state.get()).toEqual({ kind: 'unread' });
  store.state.subscribe(() => {});
  await vi.waitFor(() => expect(store.state.get().kind).toBe('read'), { timeout: 10_000 });
  expect(tables()).toContain('first_one');
});

test('many refreshes are one reading over the same session, and keep the last meanwhile', async () => {
  store = new CatalogueStore(new Cell<Reach>(OPEN));
  const kinds: string[] = [];
  store.state.subscribe(() => kinds.push(store.state.get().kind));
  await vi.waitFor(() => expect(store.state.get().kind).toBe('read'), { timeout: 10_000 });
  await run('create table second_one (a int)');
  for (let i = 0; i < 20; i++) store.refresh();
  await vi.waitFor(() => expect(tables()).toContain('second_one'), { timeout: 10_000 });
  expect(kinds).toEqual(['reading', 'read', 'reading', 'read']);
  expect(connections).toBe(1);
});

test('it waits for the machine, says so, and reads by itself', async () => {
  const reach = new Cell<Reach>({ kind: 'waiting', reason: 'Waiting for the machine…' });
  store = new CatalogueStore(reach);
  store.state.subscribe(() => {});
  await vi.waitFor(() =>
    expect(store.state.get()).toMatchObject({ reason: 'Waiting for the machine…' }),
  );
  reach.set(OPEN);
  await vi.waitFor(() => expect(store.state.get().kind).toBe('read'), { timeout: 10_000 });
});

test('a session that was cut is replaced', async () => {
  store = new CatalogueStore(new Cell<Reach>(OPEN));
  store.state.subscribe(() => {});
  await vi.waitFor(() => expect(store.state.get().kind).toBe('read'), { timeout: 10_000 });
  await run(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'Warren schema'",
  );
  await run('create table third_one (a int)');
  store.refresh();
  await vi.waitFor(() => expect(tables()).toContain('third_one'), { timeout: 10_000 });
});

test('a refusal is told and tried again', async () => {
  await run('alter role owner nologin');
  store = new CatalogueStore(new Cell<Reach>(OPEN));
  store.state.subscribe(() => {});
  await vi.waitFor(() => expect(store.state.get().kind).toBe('failed'), { timeout: 10_000 });
  expect(store.state.get()).toMatchObject({ message: expect.stringMatching(/not permitted/) });
  await run('alter role owner login');
  await vi.waitFor(() => expect(store.state.get().kind).toBe('read'), { timeout: 10_000 });
});

test('a session that reads nothing is closed, and another opened for the next reading', async () => {
  store = new CatalogueStore(new Cell<Reach>(OPEN), 200);
  store.state.subscribe(() => {});
  await vi.waitFor(() => expect(store.state.get().kind).toBe('read'), { timeout: 10_000 });
  const client = await server.client();
  await vi.waitFor(
    async () => {
      const sessions = await client.query(
        "select count(*) from pg_stat_activity where application_name = 'Warren schema'",
      );
      expect(sessions.rows).toEqual([['0']]);
    },
    { timeout: 10_000 },
  );
  await client.simple('create table fourth_one (a int)');
  client.end();
  store.refresh();
  await vi.waitFor(() => expect(tables()).toContain('fourth_one'), { timeout: 10_000 });
  expect(connections).toBe(2);
});
