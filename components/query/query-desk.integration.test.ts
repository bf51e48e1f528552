import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startPostgres, type TestServer } from '@/lib/postgres/testing/postgres-server';
import type { Reach } from '../playground/reach';
import { Cell } from '../state/cell';
import { QueryDesk } from './query-desk';

let server: TestServer;
let desk: QueryDesk;
let reach: Cell<Reach>;

beforeAll(async () => {
  server = await startPostgres();
  const client = await server.client();
  await client.simple('create role owner superuser login');
  client.end();
});
afterAll(() => server.stop());
afterEach(() => desk.close());

const open = (): Reach => ({ kind: 'open', backend: { connect: () => server.stream() } });

function makeDesk(first: Reach): void {
  reach = new Cell(first);
  desk = new QueryDesk(reach);
}

const submit = (text: string, start = 0, end = text.length) => desk.submit({ text, start, end });
const over = () =>
  vi.waitFor(
    () => {
      const run = desk.run.get();
      if (run?.phase.kind !== 'over') throw new Error(`the run is ${run?.phase.kind}`);
      return run;
    },
    { timeout: 20_000 },
  );

test('statements run one by one and keep their rows, tags and notices', async () => {
  makeDesk(open());
  submit(
    "create temp table t (a int, b text);\ninsert into t values (1, null), (2, 'x');\nselect * from t order by a; do $$ begin raise notice 'hello'; end $$",
  );
  const { statements } = await over();
  expect(statements.map(({ outcome }) => outcome.kind === 'done' && outcome.tag)).toEqual([
    'CREATE TABLE',
    'INSERT 0 2',
    'SELECT 2',
    'DO',
  ]);
  const result = statements[2]?.result;
  expect(result?.columns).toEqual([
    { name: 'a', type: 'integer', numeric: true },
    { name: 'b', type: 'text', numeric: false },
  ]);
  expect(result?.rows.row(0)).toEqual(['1', null]);
  expect(statements[3]?.notices[0]?.message).toBe('hello');
});

test('an error stops the run and knows its place in the whole text', async () => {
  makeDesk(open());
  const text = "select 1;\nselect '🐇',\n  nosuch from pg_class;\nselect 3";
  submit(text);
  const { statements, statementCount } = await over();
  expect([statements.length, statementCount]).toEqual([2, 3]);
  const outcome = statements[1]?.outcome;
  if (outcome?.kind !== 'failed' || outcome.problem.kind !== 'postgres')
    throw new Error('no error');
  const { error, place } = outcome.problem;
  expect(error.code).toBe('42703');
  expect(place).toMatchObject({ line: 3, column: 3 });
  expect(text.slice(place?.span.start, place?.span.end)).toBe('nosuch');
});

test('a selection runs alone, and its error is placed in the whole text', async () => {
  makeDesk(open());
  const text = 'select broken from;\nselect selected';
  submit(text, 20);
  const { statements } = await over();
  const outcome = statements[0]?.outcome;
  if (outcome?.kind !== 'failed' || outcome.problem.kind !== 'postgres')
    throw new Error('no error');
  expect(outcome.problem.place).toMatchObject({ line: 2, column: 8 });
});

test('a run waits for the machine, says so, and begins by itself', async () => {
  makeDesk({ kind: 'waiting', reason: 'Waiting for the machine…' });
  submit('select 42');
  expect(desk.run.get()?.phase).toEqual({ kind: 'waiting', reason: 'Waiting for the machine…' });
  reach.set(open());
  const { statements } = await over();
  expect(statements[0]?.result?.rows.text(0, 0)).toBe('42');
});

test('a run against a machine that is off is refused with the reason', () => {
  makeDesk({ kind: 'closed', reason: 'The machine has failed. Restart it first.' });
  submit('select 1');
  expect(desk.run.get()?.phase).toEqual({
    kind: 'refused',
    reason: 'The machine has failed. Restart it first.',
  });
});

test('Stop cancels what runs, and what would have come after it', async () => {
  makeDesk(open());
  submit('select pg_sleep(60); select 2');
  await vi.waitFor(() => expect(desk.run.get()?.phase.kind).toBe('running'));
  await new Promise((resolve) => setTimeout(resolve, 200));
  desk.stop();
  const { statements } = await over();
  expect(statements).toHaveLength(1);
  expect(statements[0]?.outcome).toMatchObject({
    kind: 'failed',
    problem: { kind: 'postgres', error: { code: '57014' } },
  });
});

test('a lost session is told, and the next run has another', async () => {
  makeDesk(open());
  submit('begin; create temp table gone (); select pg_backend_pid()');
  const first = await over();
  expect(desk.session.get()).toMatchObject({ kind: 'open', transaction: 'transaction' });
  const pid = first.statements[2]?.result?.rows.text(0, 0);
  const other = await server.client();
  await other.simple(`select pg_terminate_backend(${pid})`);
  other.end();
  await vi.waitFor(() => expect(desk.lost.get()).toMatch(/administrator command/));
  submit('select * from gone');
  const second = await vi.waitFor(async () => {
    const run = await over();
    expect(run.id).toBeGreaterThan(first.id);
    return run;
  });
  expect(second.statements[0]?.outcome).toMatchObject({ problem: { error: { code: '42P01' } } });
  expect(desk.session.get()).toMatchObject({ kind: 'open', transaction: 'idle' });
});

test('rows beyond the limit are counted, not kept', async () => {
  makeDesk(open());
  submit('select generate_series(1, 250000)');
  const { statements } = await over();
  expect(statements[0]?.result?.rowCount).toBe(100_000);
  expect(statements[0]?.outcome).toMatchObject({ tag: 'SELECT 250000', discardedRows: 150_000 });
});

test('COPY TO STDOUT shows what it wrote; COPY FROM STDIN fails and leaves the session usable', async () => {
  makeDesk(open());
  submit('copy (select 1, 2) to stdout; copy pg_class from stdin');
  const { statements } = await over();
  expect(statements[0]?.copied).toEqual({ bytes: 4, text: '1\t2\n' });
  expect(statements[1]?.outcome.kind).toBe('failed');
  submit('select 1');
  await vi.waitFor(async () =>
    expect((await over()).statements[0]?.outcome).toMatchObject({ tag: 'SELECT 1' }),
  );
});
