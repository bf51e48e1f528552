import { expect, test } from 'vitest';
import { RowStore } from '@/lib/postgres/row-store';
import type { StatementView } from '../query/run-view';
import { firstWords, runnerText, runSummary, statementSummary } from './summary';

const statement = (more: Partial<StatementView>): StatementView => ({
  number: 0,
  sql: 'select 1',
  outcome: { kind: 'done', tag: 'SELECT 1', elapsedMs: 2, discardedRows: 0 },
  notices: [],
  ...more,
});
const rows = (rowCount: number) => ({ columns: [], rows: new RowStore(), rowCount });

test('tag, rows and time', () => {
  expect(statementSummary(statement({ result: rows(1) }))).toBe('SELECT 1 · 1 row · 2.0 ms');
});

test('rows beyond the limit are told', () => {
  const capped = statement({
    outcome: { kind: 'done', tag: 'SELECT 1234567', elapsedMs: 2500, discardedRows: 1_134_567 },
    result: rows(100_000),
  });
  expect(statementSummary(capped)).toBe(
    'SELECT 1234567 · first 100,000 rows of 1,234,567 · 2.50 s',
  );
});

test('a statement under way shows its text and what has come', () => {
  const running = statement({ outcome: { kind: 'running' }, result: rows(5000) });
  expect(statementSummary(running)).toBe('select 1 · 5,000 rows · running…');
});

test('a run of several counts those that are done', () => {
  const phase = { kind: 'over', elapsedMs: 120 } as const;
  const failed = statement({
    number: 1,
    outcome: { kind: 'failed', problem: { kind: 'connection', message: '' }, elapsedMs: 1 },
  });
  const run = {
    id: 1,
    shared: false,
    phase,
    statements: [statement({}), failed],
    statementCount: 3,
  };
  expect(runSummary(run)).toBe('1 of 3 statements done in 120 ms');
});

test('long statements are cut on one line', () => {
  expect(firstWords('select\n  a,\n  b')).toBe('select a, b');
  expect(firstWords('x'.repeat(100))).toHaveLength(33);
});

test('a cut shared result says what of it is here, who ran it and when', () => {
  const cut = statement({ result: { ...rows(200), totalRows: 5321 } });
  expect(statementSummary(cut)).toBe('SELECT 1 · 2.0 ms · first 200 of 5,321 rows');
  const at = new Date(2026, 10, 20, 15, 8).getTime();
  const run = {
    id: 1,
    shared: true,
    by: 'Ada',
    at,
    phase: { kind: 'over', elapsedMs: 2 },
    statements: [cut],
    statementCount: 1,
  } as const;
  expect(runnerText(run, at + 60_000)).toBe('run by Ada at 15:08');
  expect(runnerText(run, at + 86_400_000)).toBe('run by Ada at 15:08 on 20 Nov');
  expect(runnerText({ ...run, by: undefined }, at)).toBe('');
});
