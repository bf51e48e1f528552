import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { ResultViewChoice } from '@/lib/notebook/types';
import type { ResultView, RunView, StatementView } from '../query/run-view';
import { columnOf } from './column';
import { RunResult } from './run-result';
import { rowsOf } from './testing/rows-of';

const nothing = () => {};

function statement(more: Partial<StatementView>): StatementView {
  return {
    number: 0,
    sql: 'select 1',
    outcome: { kind: 'done', tag: 'SELECT 2', elapsedMs: 2, discardedRows: 0 },
    notices: [],
    ...more,
  };
}

function result(more: Partial<ResultView> = {}): ResultView {
  const columns = [columnOf('city', 'text', 25), columnOf('n', 'integer', 23)];
  return { columns, rows: rowsOf(['Rome', '1'], ['Oslo', null]), rowCount: 2, ...more };
}

function shown(
  statements: readonly StatementView[],
  {
    run = {},
    view,
    mayRun = true,
  }: { run?: Partial<RunView>; view?: ResultViewChoice; mayRun?: boolean } = {},
): string {
  const whole: RunView = {
    id: 1,
    shared: false,
    phase: { kind: 'over', elapsedMs: 2 },
    statements,
    statementCount: statements.length,
    ...run,
  };
  return renderToStaticMarkup(
    <RunResult
      run={whole}
      label="Result"
      view={view}
      mayEdit
      onView={nothing}
      onReveal={nothing}
      onLoadMore={mayRun ? nothing : undefined}
      lost={undefined}
    />,
  );
}

test('rows are a grid in the region Result, with how much there is', () => {
  const html = shown([statement({ result: result() })]);
  expect(html).toContain('<section aria-label="Result"');
  expect(html).toMatch(/role="grid"[^>]*aria-rowcount="3" aria-colcount="3"/);
  expect(html).toContain('SELECT 2 · 2 rows · 2.0 ms');
  expect(html).not.toContain('Load more');
});

test('a cut shared result says so, and can be loaded by those who may run', () => {
  const cut = statement({ result: result({ totalRows: 5321 }) });
  const run = { shared: true, by: 'Ada', at: Date.now() };
  const html = shown([cut], { run });
  expect(html).toMatch(/first 2 of 5,321 rows, run by Ada at \d\d:\d\d/);
  expect(html).toContain('Load more');
  expect(shown([cut], { run, mayRun: false })).not.toContain('Load more');
});

test('an error tells everything PostgreSQL said, and where it lies', () => {
  const error = {
    severity: 'ERROR',
    code: '42703',
    message: 'column "<script>x</script>" does not exist',
    hint: 'Perhaps you meant y.',
    detail: 'It is not there.',
    where: 'PL/pgSQL function f() line 3',
  };
  const place = { span: { start: 7, end: 9 }, line: 2, column: 8 };
  const failed = (problem: object) =>
    shown([
      statement({
        outcome: { kind: 'failed', elapsedMs: 1, problem: { kind: 'postgres', error, ...problem } },
      }),
    ]);
  const html = failed({ place });
  for (const text of [
    'Perhaps you meant y.',
    'It is not there.',
    'line 3',
    '42703',
    'Go to line 2, column 8',
  ]) {
    expect(html).toContain(text);
  }
  expect(html).not.toContain('<script>');
  expect(failed({ error: { ...error, position: 12 } })).toContain('character 12');
});

test('a plan is a tree, its text one press away', () => {
  const lines = [
    'Sort  (cost=1.00..2.00 rows=3 width=4)',
    '  Sort Key: n',
    '  ->  Seq Scan on a  (cost=0.00..1.00 rows=3 width=4)',
  ];
  const plan = statement({
    result: {
      columns: [columnOf('QUERY PLAN', 'text', 25)],
      rows: rowsOf(...lines.map((line) => [line])),
      rowCount: 3,
    },
  });
  const tree = shown([plan]);
  expect(tree.match(/role="treeitem"/g)).toHaveLength(2);
  expect(tree).toMatch(/aria-label="View".*Tree.*Text.*Grid/);
  const text = shown([plan], { view: { kind: 'plan', as: 'text' } });
  expect(text).not.toContain('treeitem');
  expect(text).toContain(lines[2]?.replace('>', '&gt;'));
});

test('a chart has its form, and says when there is nothing to draw', () => {
  const view = { kind: 'chart', chart: 'bar', x: 'city', y: ['n'] } as const;
  const html = shown([statement({ result: result() })], { view });
  expect(html).toContain('<figure aria-label="Bar chart of n by city"');
  expect(html).toContain('1 point; n from 1 (Rome) to 1 (Rome).');
  const texts = result({ columns: [columnOf('a', 'text', 25), columnOf('b', 'text', 25)] });
  expect(shown([statement({ result: texts })], { view })).toContain(
    'a chart needs a numeric column',
  );
});

test('of several statements the newest that stands for itself is shown', () => {
  const html = shown([
    statement({ number: 0, sql: 'select 1', result: result() }),
    statement({ number: 1, sql: '\\d x', result: result({ rowCount: 1 }) }),
    statement({ number: 2, sql: '\\d x indexes', result: result(), aside: true }),
  ]);
  expect(html.match(/role="tab"/g)).toHaveLength(4);
  expect(html).toMatch(/aria-selected="true"[^>]*><span[^>]*>2<\/span>/);
});
