import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startPostgres, type TestServer } from '@/lib/postgres/testing/postgres-server';
import type { Reach } from '../playground/reach';
import { Cell } from '../state/cell';
import { QueryDesk } from './query-desk';
import type { RunRequest } from './run-request';
import type { RunView } from './run-view';

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

const NO_VALUES = new Map<string, string>();
const ask = (text: string, start = 0, end = text.length): RunRequest => ({
  text,
  start,
  end,
  values: NO_VALUES,
});
const submit = (text: string, start?: number) => desk.submit('a', ask(text, start));
const phase = (cell = 'a') => desk.run(cell).get()?.phase;
const over = (cell = 'a', of = desk) =>
  vi.waitFor(
    () => {
      const run = of.run(cell).get();
      if (run?.phase.kind !== 'over') throw new Error(`the run is ${run?.phase.kind}`);
      return run;
    },
    { timeout: 20_000 },
  );
const value = (run: RunView, statement = 0) => run.statements[statement]?.result?.rows.text(0, 0);
/** Long enough for a statement to reach the server. */
const soon = () => new Promise((resolve) => setTimeout(resolve, 200));

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
    { name: 'a', type: 'integer', oid: 23, numeric: true },
    { name: 'b', type: 'text', oid: 25, numeric: false },
  ]);
  expect([result?.rows.text(0, 0), result?.rows.text(0, 1)]).toEqual(['1', null]);
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
  expect(phase()).toEqual({ kind: 'waiting', reason: 'Waiting for the machine…' });
  reach.set(open());
  const { statements } = await over();
  expect(statements[0]?.result?.rows.text(0, 0)).toBe('42');
});

test('a run against a machine that is off is refused with the reason', () => {
  makeDesk({ kind: 'closed', reason: 'The machine has failed. Restart it first.' });
  submit('select 1');
  expect(phase()).toEqual({
    kind: 'refused',
    reason: 'The machine has failed. Restart it first.',
  });
});

test('Stop cancels what runs, and what would have come after it', async () => {
  makeDesk(open());
  submit('select pg_sleep(60); select 2');
  await vi.waitFor(() => expect(phase()?.kind).toBe('running'));
  await soon();
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

test('cells run in the order they were asked for, each with a run of its own', async () => {
  makeDesk(open());
  const order: string[] = [];
  desk.onFinished((cell) => order.push(cell));
  desk.submit('a', ask('create temp table t (n int); select pg_sleep(0.2)'));
  desk.submit('b', ask('insert into t values (1); select count(*) from t'));
  desk.submit('c', ask('insert into t values (2); select count(*) from t'));
  await vi.waitFor(() => expect(desk.running.get()).toBe('a'));
  expect(desk.queue.get()).toEqual(['b', 'c']);
  expect(phase('b')).toEqual({ kind: 'waiting', reason: 'Waiting for the cell before it.' });
  expect(phase('c')).toEqual({ kind: 'waiting', reason: 'Waiting for 2 cells before it.' });
  expect(value(await over('c'), 1)).toBe('2');
  expect(value(await over('b'), 1)).toBe('1');
  expect(order).toEqual(['a', 'b', 'c']);
  expect([desk.running.get(), desk.queue.get()]).toEqual([undefined, []]);
});

test('a cell that waits runs what was asked for last, in its old place', async () => {
  makeDesk(open());
  desk.submit('a', ask('select pg_sleep(0.3)'));
  desk.submit('b', ask("select 'old'"));
  desk.submit('c', ask("select 'c'"));
  desk.submit('b', ask("select 'new'"));
  await vi.waitFor(() => expect(desk.queue.get()).toEqual(['b', 'c']));
  expect(value(await over('b'))).toBe('new');
  await over('c');
});

test('a cell that runs may be queued again, and keeps its result until then', async () => {
  makeDesk(open());
  desk.submit('a', ask("select 'first', pg_sleep(0.3)"));
  await vi.waitFor(() => expect(desk.running.get()).toBe('a'));
  desk.submit('a', ask("select 'second'"));
  expect(phase()?.kind).toBe('running');
  expect(desk.queue.get()).toEqual(['a']);
  await vi.waitFor(async () => expect(value(await over())).toBe('second'));
});

test('a failing cell stops those behind it in its batch, and no others', async () => {
  makeDesk(open());
  desk.submitAll([
    { cell: 'a', request: ask("select 'a', pg_sleep(0.2)") },
    { cell: 'empty', request: ask('-- nothing') },
    { cell: 'b', request: ask('select nosuch') },
    { cell: 'c', request: ask("select 'c'") },
  ]);
  desk.submit('d', ask("select 'd'"));
  expect(value(await over('d'))).toBe('d');
  expect(value(await over('a'))).toBe('a');
  expect((await over('b')).statements[0]?.outcome.kind).toBe('failed');
  expect(phase('c')).toEqual({ kind: 'refused', reason: 'Not run: an earlier cell failed.' });
  expect(desk.run('empty').get()).toBeUndefined();
});

test('Stop cancels what runs and empties the queue; what comes next runs', async () => {
  makeDesk(open());
  desk.submit('a', ask('select pg_sleep(60)'));
  desk.submit('b', ask('select 2'));
  await vi.waitFor(() => expect(phase()?.kind).toBe('running'));
  await soon();
  desk.stop();
  expect(phase('b')).toEqual({ kind: 'refused', reason: 'Stopped before it began.' });
  expect(desk.queue.get()).toEqual([]);
  desk.submit('c', ask("select 'after'"));
  expect((await over()).statements[0]?.outcome.kind).toBe('failed');
  expect(value(await over('c'))).toBe('after');
});

test('a cell can be taken out of the queue', async () => {
  makeDesk({ kind: 'waiting', reason: 'Waiting for the machine…' });
  desk.submit('a', ask("select 'a'"));
  desk.submit('b', ask("select 'b'"));
  desk.withdraw('a');
  expect(desk.queue.get()).toEqual(['b']);
  expect(phase('b')).toEqual({ kind: 'waiting', reason: 'Waiting for the machine…' });
  reach.set(open());
  expect(value(await over('b'))).toBe('b');
  expect(phase('a')?.kind).toBe('refused');
});

test('a second Stop cuts the session, and another is there for the next run', async () => {
  makeDesk(open());
  desk.submit('a', ask('select pg_backend_pid(), set_config($$my.mark$$, $$set$$, false)'));
  const pid = value(await over());
  desk.submit('b', ask('select pg_sleep(60)'));
  await vi.waitFor(() => expect(phase('b')?.kind).toBe('running'));
  desk.stop();
  desk.stop();
  expect(desk.lost.get()).toMatch(/You cut the session/);
  await over('b');
  desk.submit('c', ask('select pg_backend_pid()'));
  expect(value(await over('c'))).not.toBe(pid);
});

test('cells that wait when the session is lost do not run in another one', async () => {
  makeDesk(open());
  desk.submit('a', ask('begin; select pg_terminate_backend(pg_backend_pid())'));
  desk.submit('b', ask("select 'outside of the transaction'"));
  await over();
  await vi.waitFor(() =>
    expect(phase('b')).toEqual({
      kind: 'refused',
      reason: 'Not run: the session was lost before its turn.',
    }),
  );
});

test('two pages on one database block each other by a lock, and each has its own transaction', async () => {
  makeDesk(open());
  const other = new QueryDesk(new Cell(open()));
  try {
    desk.submit('a', ask('create table account (n int); insert into account values (1)'));
    await over();
    desk.submit('a', ask('begin; update account set n = 2'));
    await over();
    other.submit('b', ask('update account set n = n + 10 returning n'));
    await vi.waitFor(() => expect(other.run('b').get()?.phase.kind).toBe('running'));
    await soon();
    expect(other.run('b').get()?.phase.kind).toBe('running');
    expect(other.session.get()).toMatchObject({ transaction: 'idle' });
    expect(desk.session.get()).toMatchObject({ transaction: 'transaction' });
    desk.submit('a', ask('commit'));
    expect(value(await over('b', other))).toBe('12');
  } finally {
    other.close();
  }
});

test('parameters are filled in, and an error behind them is placed in the text as written', async () => {
  makeDesk(open());
  const values = new Map([['name', "O'Neill"]]);
  const text = "select :name as n, ':name' as t;\nselect :name, nosuch";
  desk.submit('a', { ...ask(text), values });
  const { statements } = await over();
  expect([value(await over()), statements[0]?.result?.rows.text(0, 1)]).toEqual([
    "O'Neill",
    ':name',
  ]);
  const outcome = statements[1]?.outcome;
  if (outcome?.kind !== 'failed' || outcome.problem.kind !== 'postgres')
    throw new Error('no error');
  const { start, end } = outcome.problem.place?.span ?? { start: 0, end: 0 };
  expect(text.slice(start, end)).toBe('nosuch');
});

test('parameters without a value refuse the run and are named', () => {
  makeDesk(open());
  submit('select :since, :until');
  expect(phase()).toEqual({
    kind: 'refused',
    reason: 'Not run: :since and :until have no values. Give them above the cell.',
  });
});

test('meta-commands run between statements, each result under its heading', async () => {
  makeDesk(open());
  submit('create temp table shelf (id int primary key, book text);\n\\d shelf\nselect 1');
  const run = await over();
  const told = run.statements.map(({ sql, aside, outcome }) => [
    sql,
    aside,
    outcome.kind === 'done' && outcome.tag,
  ]);
  const about = run.statements[1]?.sql.replace('Columns of ', '');
  expect(about).toMatch(/^table pg_temp_\d+\.shelf$/);
  expect(told.slice(1)).toEqual([
    [`Columns of ${about}`, undefined, `Columns of ${about}`],
    [`Indexes of ${about}`, true, `Indexes of ${about}`],
    [`Constraints of ${about}`, true, `Constraints of ${about}`],
    ['select 1', undefined, 'SELECT 1'],
  ]);
  expect(run.statementCount).toBe(5);
  expect(value(run, 1)).toBe('id');
});

test('a meta-command that cannot be done stops the run at its place; one that need not be does not', async () => {
  makeDesk(open());
  const text = '\\timing on\n\\dt nosuch*\nselect 1;\n\\copy t from f\nselect 2';
  submit(text);
  const { statements, statementCount } = await over();
  expect(statements[0]?.notices[0]?.message).toMatch(/how long/);
  expect(statements[1]?.notices[0]?.message).toBe('No tables fit this pattern.');
  expect([statements.length, statementCount]).toEqual([4, 5]);
  const outcome = statements[3]?.outcome;
  if (outcome?.kind !== 'failed' || outcome.problem.kind !== 'postgres')
    throw new Error('no error');
  expect(outcome.problem.error.hint).toMatch(/CSV/);
  expect(outcome.problem.place).toMatchObject({ line: 4, column: 1 });
});

test('a text that cannot be sent fails by itself; what waits behind it runs', async () => {
  makeDesk(open());
  desk.submit('a', ask("select 'a\0b'"));
  desk.submit('b', ask("select 'b'"));
  expect(value(await over('b'))).toBe('b');
  expect((await over('a')).statements[0]?.outcome).toMatchObject({
    problem: { kind: 'postgres', error: { code: '22021' } },
  });
});

test('whoever is told of a finished run may queue the next', async () => {
  makeDesk(open());
  const stop = desk.onFinished(() => {
    stop();
    desk.submit('b', ask("select 'next'"));
  });
  desk.submit('a', ask('select 1'));
  expect(value(await over('b'))).toBe('next');
  expect(desk.running.get()).toBeUndefined();
});
