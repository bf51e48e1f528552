import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { FIRST_CELL } from '@/lib/notebook/seed';
import { startPostgres, type TestServer } from '@/lib/postgres/testing/postgres-server';
import type { SharedDocument } from '../document/shared-document';
import { ScriptedRoom } from '../document/testing/scripted-room';
import { openPage } from '../document/testing/test-page';
import type { NotebookDocument } from '../document/types';
import type { Reach } from '../playground/reach';
import { Cell } from '../state/cell';
import { QueryDesk } from './query-desk';
import { ResultSharing } from './result-sharing';
import { fromSharedRun } from './shared-run';
import { showsOwn } from './shows-own';

let server: TestServer;
let room: ScriptedRoom;
let ends: (() => void)[];

beforeAll(async () => {
  server = await startPostgres();
  const client = await server.client();
  await client.simple('create role owner superuser login');
  client.end();
});
afterAll(() => server.stop());
beforeEach(async () => {
  room = await ScriptedRoom.start();
  ends = [];
});
afterEach(async () => {
  for (const end of ends) end();
  await room.stop();
});

interface Page {
  readonly desk: QueryDesk;
  readonly document: SharedDocument;
  /** Gives the page its document, as when its code has come. */
  readonly open: () => void;
  readonly run: (sql: string, unshared?: boolean) => Promise<void>;
  /** The first value of what the cell shows, and whose it is. */
  readonly shown: () => readonly [value: string | null | undefined, by: string | undefined];
}

function makePage(role: 'owner' | 'viewer', isOpen = true): Page {
  const document = openPage({
    base: room.base,
    fresh: role === 'owner',
    ask: async () => ({ outcome: 'granted', ticket: role, role }),
    kind: role === 'owner' ? 'owner' : 'guest',
  });
  document.rename(role);
  const desk = new QueryDesk(
    new Cell<Reach>({ kind: 'open', backend: { connect: () => server.stream() } }),
  );
  const opened = new Cell<NotebookDocument | undefined>(isOpen ? document : undefined);
  const sharing = new ResultSharing(desk, opened);
  ends.push(
    () => document.dispose(),
    () => desk.close(),
  );
  return {
    desk,
    document,
    open: () => opened.set(document),
    run: (text, unshared) =>
      new Promise((resolve) => {
        const stop = desk.onFinished(() => {
          stop();
          resolve();
        });
        const values = new Map<string, string>();
        desk.submit(FIRST_CELL, { text, start: 0, end: text.length, values, unshared });
      }),
    shown: () => {
      const own = desk.run(FIRST_CELL).get();
      const shared = document.result(FIRST_CELL).get();
      const view =
        showsOwn(own, shared, sharing.seen(FIRST_CELL)) || !shared ? own : fromSharedRun(shared);
      const result = view?.statements[0]?.result;
      return [result && result.rowCount > 0 ? result.rows.text(0, 0) : undefined, view?.by];
    },
  };
}

test('what an owner runs shows on every screen; what a viewer runs on theirs, until the next', async () => {
  const owner = makePage('owner');
  const viewer = makePage('viewer');
  await vi.waitFor(() => expect(viewer.document.text(FIRST_CELL)).toBeDefined());
  await owner.run("select 'first'");
  expect(owner.shown()).toEqual(['first', undefined]);
  await vi.waitFor(() => expect(viewer.shown()).toEqual(['first', 'owner']));
  await viewer.run("select 'mine'");
  expect(viewer.shown()).toEqual(['mine', undefined]);
  expect(owner.shown()).toEqual(['first', undefined]);
  await owner.run("select 'second'");
  await vi.waitFor(() => expect(viewer.shown()).toEqual(['second', 'owner']));
});

test('rows fetched for oneself are not shared', async () => {
  const owner = makePage('owner');
  await owner.run("select 'shared'");
  await owner.run("select 'for me'", true);
  expect(owner.shown()).toEqual(['for me', undefined]);
  expect(owner.document.result(FIRST_CELL).get()?.statements[0]?.result?.rows).toEqual([
    ['shared'],
  ]);
});

test('a run that was refused says so in place of what is shared', async () => {
  const owner = makePage('owner');
  await owner.run("select 'shared'");
  await owner.run('select :nosuch');
  expect(owner.desk.run(FIRST_CELL).get()?.phase.kind).toBe('refused');
  expect(owner.shown()).toEqual([undefined, undefined]);
});

test('a run that was quicker than the notebook is shared once that has come', async () => {
  const owner = makePage('owner', false);
  await owner.run("select 'early'");
  expect(owner.document.result(FIRST_CELL).get()).toBeUndefined();
  owner.open();
  expect(owner.document.result(FIRST_CELL).get()?.by).toBe('owner');
  expect(owner.shown()).toEqual(['early', undefined]);
});
