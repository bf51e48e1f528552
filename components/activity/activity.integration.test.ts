import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { PgError } from '@/lib/postgres/errors';
import { startPostgres, type TestServer } from '@/lib/postgres/testing/postgres-server';
import type { Reach } from '../playground/reach';
import { Cell } from '../state/cell';
import { ActivitySession } from './activity-session';
import { ActivityStore, lastOf } from './activity-store';
import { changeSetting } from './change-setting';
import { alterSystem, readSettings, resetSystem, SETTINGS_SQL } from './settings-sql';

let server: TestServer;
let connections = 0;
const reach = new Cell<Reach>({ kind: 'waiting', reason: 'Waiting for the machine…' });
const session = new ActivitySession(reach);
const SOON = { timeout: 10_000 };

beforeAll(async () => {
  server = await startPostgres();
  const client = await server.client();
  await client.simple('create role owner superuser login');
  client.end();
  reach.set({
    kind: 'open',
    backend: {
      connect: () => {
        connections++;
        return server.stream();
      },
    },
  });
});
afterEach(() => session.close());
afterAll(() => server.stop());

async function setting(name: string) {
  const result = await session.use((client) => client.query(SETTINGS_SQL));
  return readSettings(result).find((one) => one.name === name);
}

test('others are seen, itself is not, and a query can be cancelled and a session ended', async () => {
  const store = new ActivityStore(session, 10);
  const other = await server.client();
  const sleeping = other.simple('select pg_sleep(600)');
  const cancelled = expect(sleeping).rejects.toMatchObject({ code: '57014' });
  connections = 0;
  store.setActive(true);
  const found = () =>
    lastOf(store.state.get())?.sessions.find(({ query }) => query.includes('pg_sleep'));
  await vi.waitFor(() => expect(found()?.state).toBe('active'), SOON);
  const sessions = lastOf(store.state.get())?.sessions ?? [];
  expect(sessions.some(({ application }) => application === 'Warren activity')).toBe(false);
  expect(lastOf(store.state.get())?.databases.map(({ name }) => name)).toContain('postgres');
  const pid = found()?.pid ?? 0;
  expect(await store.cancel(pid)).toBe(true);
  await cancelled;
  expect(await store.terminate(pid)).toBe(true);
  await vi.waitFor(() => expect(other.closeReason).toBeDefined(), SOON);
  await vi.waitFor(() => expect(found()).toBeUndefined(), SOON);
  expect(await store.terminate(pid)).toBe(false);
  store.setActive(false);
  expect(connections).toBe(1);
});

test('what is refused is told, and read again once it works', async () => {
  const open = reach.get();
  const store = new ActivityStore(session, 10);
  reach.set({ kind: 'waiting', reason: 'Waiting for the machine…' });
  store.setActive(true);
  await vi.waitFor(
    () => expect(store.state.get()).toMatchObject({ message: 'Waiting for the machine…' }),
    SOON,
  );
  reach.set(open);
  await vi.waitFor(() => expect(store.state.get().kind).toBe('read'), SOON);
  store.setActive(false);
});

test('a setting is changed at once, waits for a restart, and is reset', async () => {
  const change = (sql: string) => session.use((client) => changeSetting(client, sql));
  await change(alterSystem('work_mem', '9MB'));
  expect(await setting('work_mem')).toMatchObject({ value: '9216', unit: 'kB', isPending: false });
  await change(alterSystem('max_connections', '77'));
  expect(await setting('max_connections')).toMatchObject({ isPending: true });
  await change(resetSystem('max_connections'));
  await change(resetSystem('work_mem'));
  expect(await setting('max_connections')).toMatchObject({ isPending: false });
  expect((await setting('work_mem'))?.value).toBe('4096');
});

test('lists of names, quotes and refused values', async () => {
  const change = (sql: string) => session.use((client) => changeSetting(client, sql));
  await change(alterSystem('search_path', '"a ""b"", c", public'));
  const fresh = await server.client();
  expect((await fresh.query('show search_path')).rows).toEqual([['"a ""b"", c", public']]);
  fresh.end();
  await change(resetSystem('search_path'));
  await expect(change(alterSystem('work_mem', `many'; select 1`))).rejects.toThrow(PgError);
  await expect(change(alterSystem('no_such_setting', '1'))).rejects.toThrow(/unrecognized/);
  expect((await setting('work_mem'))?.source).not.toBe('session');
});
