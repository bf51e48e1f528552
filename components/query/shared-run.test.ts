import { expect, test } from 'vitest';
import { SHARED_ROWS, SHARED_RUN_BYTES } from '@/lib/notebook/limits';
import { PgError } from '@/lib/postgres/errors';
import { columnOf } from '../results/column';
import { rowsOf } from '../results/testing/rows-of';
import type { RunView, StatementView } from './run-view';
import { fromSharedRun, toSharedRun } from './shared-run';
import { showsOwn } from './shows-own';

function runOf(...statements: Partial<StatementView>[]): RunView {
  return {
    id: 7,
    at: 1000,
    shared: false,
    phase: { kind: 'over', elapsedMs: 12.5 },
    statementCount: statements.length,
    statements: statements.map((statement, number) => ({
      number,
      sql: 'select 1',
      outcome: { kind: 'done', tag: 'SELECT 1', elapsedMs: 3, discardedRows: 0 },
      notices: [],
      ...statement,
    })),
  };
}

/** As it is after the way through the document. */
const sent = (run: RunView, text?: string) =>
  fromSharedRun(JSON.parse(JSON.stringify(toSharedRun(run, 'Ada'))), text);

test('a result comes to the others with its values, types and who ran it', () => {
  const rows = rowsOf(['1', null], ['2', 'é']);
  const columns = [columnOf('id', 'integer', 23), columnOf('mood', 'type 4711', 4711)];
  const run = runOf({ result: { columns, rows, rowCount: 2 } });
  const got = sent(run);
  expect(got).toMatchObject({ by: 'Ada', at: 1000, shared: true, phase: run.phase });
  const result = got.statements[0]?.result;
  expect(result?.columns).toEqual(columns);
  expect(result?.totalRows).toBeUndefined();
  expect([result?.rows.text(0, 1), result?.rows.text(1, 1)]).toEqual([null, 'é']);
  expect(() => result?.rows.text(2, 0)).toThrow(RangeError);
});

test('of many rows the first go along, and how many there were', () => {
  const rows = rowsOf(...Array.from({ length: 1000 }, (_, row) => [String(row)]));
  const run = runOf({ result: { columns: [columnOf('n', 'integer', 23)], rows, rowCount: 900 } });
  expect(sent(run).statements[0]?.result).toMatchObject({ rowCount: SHARED_ROWS, totalRows: 900 });
});

test('values of megabytes do not go along', () => {
  const rows = rowsOf(['small'], ['x'.repeat(2_000_000)]);
  const run = runOf({ result: { columns: [columnOf('t', 'text', 25)], rows, rowCount: 2 } });
  const shared = toSharedRun(run, 'Ada');
  expect(JSON.stringify(shared).length).toBeLessThanOrEqual(SHARED_RUN_BYTES);
  expect(fromSharedRun(shared).statements[0]?.result).toMatchObject({ rowCount: 1, totalRows: 2 });
});

test('an error keeps what PostgreSQL said and its place in the text', () => {
  const text = 'select 1;\nselect nosuch';
  const fields = { severity: 'ERROR', code: '42703', message: 'no column', hint: 'Look again.' };
  const place = { span: { start: 17, end: 23 }, line: 2, column: 8 };
  const run = runOf({
    outcome: {
      kind: 'failed',
      elapsedMs: 1,
      problem: { kind: 'postgres', error: new PgError(fields), place },
    },
  });
  const [got] = sent(run, text).statements;
  expect(got?.outcome).toMatchObject({ problem: { kind: 'postgres', error: fields, place } });
  // The text has been cut since: no place is better than a wrong one.
  const [later] = sent(run, 'select 1').statements;
  expect(later?.outcome).not.toHaveProperty('problem.place');
});

test('a lost session, and what COPY wrote, are told too', () => {
  const run = runOf(
    { sql: 'copy t to stdout', copied: { bytes: 8, text: '1\ta\n2\tb\n' } },
    {
      outcome: {
        kind: 'failed',
        elapsedMs: 1,
        problem: { kind: 'connection', message: 'It was cut.' },
      },
    },
  );
  const [copied, lost] = sent(run).statements;
  expect([copied?.result?.rows.text(0, 0), copied?.result?.rowCount]).toEqual(['1\ta', 2]);
  expect(lost?.outcome).toMatchObject({ problem: { kind: 'connection', message: 'It was cut.' } });
});

test('a cell shows what came last, whatever the clocks say', () => {
  const own = runOf({});
  const shared = toSharedRun(runOf({}), 'Ada');
  const later = { ...shared, by: 'Bob', at: 1 };
  expect(showsOwn(undefined, undefined, undefined)).toBe(false);
  expect(showsOwn(undefined, shared, undefined)).toBe(false);
  expect(showsOwn(own, undefined, undefined)).toBe(true);
  expect(showsOwn(own, shared, shared)).toBe(true);
  expect(showsOwn(own, { ...shared }, shared)).toBe(true);
  expect(showsOwn(own, later, shared)).toBe(false);
  const running: RunView = { ...own, phase: { kind: 'running', since: 0 } };
  expect(showsOwn(running, later, shared)).toBe(true);
});

test('a long script shares its last results', () => {
  const rows = rowsOf(...Array.from({ length: 200 }, (_, row) => [`${row}${'x'.repeat(100)}`]));
  const columns = [columnOf('t', 'text', 25)];
  const run = runOf(
    ...Array.from({ length: 2000 }, () => ({ result: { columns, rows, rowCount: 200 } })),
  );
  const shared = toSharedRun(run, 'Ada');
  expect(JSON.stringify(shared).length).toBeLessThanOrEqual(SHARED_RUN_BYTES);
  expect(shared.statementCount).toBe(2000);
  expect(shared.statements.at(-1)?.result?.rows.length).toBeGreaterThan(0);
});
