import { describe, expect, test } from 'vitest';
import { parsePlanText } from '@/lib/postgres/plan/parse-text';
import type { Plan } from '@/lib/postgres/plan/plan';
import { columnOf } from '../results/column';
import { rowsOf } from '../results/testing/rows-of';
import { nodeViews } from './node-view';
import { planOf } from './plan-of';
import { shownNodes, treeDeed } from './tree-keys';

const TEXT = `Sort  (cost=9.00..9.50 rows=200 width=8) (actual time=9.800..10.000 rows=200 loops=1)
  Sort Key: a.n
  ->  Hash Join  (cost=1.00..8.00 rows=2 width=8) (actual time=1.000..9.500 rows=240 loops=1)
        Hash Cond: (a.id = b.id)
        ->  Seq Scan on a  (cost=0.00..3.00 rows=200 width=8) (actual time=0.010..7.500 rows=200 loops=1)
        ->  Hash  (cost=0.50..0.50 rows=50 width=4) (actual time=0.900..0.900 rows=50 loops=1)
              ->  Seq Scan on b  (cost=0.00..0.50 rows=50 width=4) (actual time=0.010..0.500 rows=50 loops=1)
Execution Time: 10.100 ms`;

function plan(text: string): Plan {
  const parsed = parsePlanText(text);
  if (!parsed) throw new Error('no plan');
  return parsed;
}

describe('the tree', () => {
  const nodes = nodeViews(plan(TEXT));

  test('says in words where to look', () => {
    expect(nodes.map(({ id, marks }) => [id, marks.map(({ text }) => text)])).toEqual([
      ['0', []],
      ['0.0', ['120× more rows than planned']],
      ['0.0.0', ['slowest']],
      ['0.0.1', []],
      ['0.0.1.0', []],
    ]);
    expect(nodes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  test('without ANALYZE it goes by cost', () => {
    const estimated = nodeViews(
      plan(TEXT.replace(/ \(actual[^)]*\)/g, '').replace(/\nExecution.*/, '')),
    );
    expect(estimated[1]?.marks.map(({ text }) => text)).toEqual(['costliest']);
    expect(estimated[2]?.marks.map(({ text }) => text)).toEqual(['costly']);
  });

  test('closed nodes hide what is below them', () => {
    const ids = (closed: string[]) => shownNodes(nodes, new Set(closed)).map(({ id }) => id);
    expect(ids([])).toHaveLength(5);
    expect(ids(['0.0.1'])).toEqual(['0', '0.0', '0.0.0', '0.0.1']);
    expect(ids(['0', '0.0.1'])).toEqual(['0']);
  });

  test('keys move, open and close as in any tree', () => {
    const none = new Set<string>();
    const deed = (key: string, at: string, closed = none) =>
      treeDeed(key, at, shownNodes(nodes, closed), closed);
    expect(deed('ArrowDown', '0')).toEqual({ kind: 'go', to: '0.0' });
    expect(deed('ArrowUp', '0')).toEqual({ kind: 'go', to: '0' });
    expect(deed('End', '0')).toEqual({ kind: 'go', to: '0.0.1.0' });
    expect(deed('ArrowRight', '0.0')).toEqual({ kind: 'go', to: '0.0.0' });
    expect(deed('ArrowLeft', '0.0')).toEqual({ kind: 'close', node: '0.0' });
    expect(deed('ArrowLeft', '0.0.0')).toEqual({ kind: 'go', to: '0.0' });
    expect(deed('ArrowRight', '0.0', new Set(['0.0']))).toEqual({ kind: 'open', node: '0.0' });
    expect(deed('x', '0')).toBeUndefined();
  });
});

describe('a result', () => {
  const column = columnOf('QUERY PLAN', 'text', 25);
  const of = (lines: string[], oid = 25) => ({
    columns: [columnOf('QUERY PLAN', 'x', oid)],
    rows: rowsOf(...lines.map((line) => [line])),
    rowCount: lines.length,
  });

  test('of EXPLAIN is a plan, by text or by JSON', () => {
    expect(planOf(of(TEXT.split('\n')))?.plan?.roots).toHaveLength(1);
    expect(planOf(of(['[{"Plan": {"Node Type": "Result"}}]'], 114))?.plan?.roots[0]?.label).toBe(
      'Result',
    );
  });

  test('of YAML, XML or a plan whose end is elsewhere is text', () => {
    expect(planOf(of(['- Plan: \n    Node Type: "Result"']))).toEqual({
      text: '- Plan: \n    Node Type: "Result"',
    });
    expect(planOf({ ...of(TEXT.split('\n')), totalRows: 300 })?.plan).toBeUndefined();
  });

  test('of anything else is none', () => {
    const rows = rowsOf(['1', '2']);
    expect(planOf({ columns: [column, column], rows, rowCount: 1 })).toBeUndefined();
    expect(planOf({ columns: [columnOf('n', 'integer', 23)], rows, rowCount: 1 })).toBeUndefined();
    expect(planOf({ ...of([]), rowCount: 0 })).toBeUndefined();
  });
});
