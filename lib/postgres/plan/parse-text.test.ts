import { describe, expect, test } from 'vitest';
import { measurePlan, withDescendants } from './measure';
import { parsePlanText } from './parse-text';

/** As PostgreSQL 16 printed it, workers and all. */
const PARALLEL = `Limit  (cost=10.00..20.00 rows=5 width=36) (actual time=12.000..14.000 rows=5 loops=1)
  Buffers: shared hit=40 read=2
  InitPlan 1 (returns $0)
    ->  Aggregate  (cost=1.00..1.01 rows=1 width=8) (actual time=0.900..1.000 rows=1 loops=1)
          ->  Seq Scan on a  (cost=0.00..1.00 rows=10 width=4) (actual time=0.010..0.500 rows=1000 loops=1)
  ->  Gather  (cost=10.00..19.00 rows=50 width=36) (actual time=11.000..13.000 rows=5 loops=1)
        Workers Planned: 2
        Workers Launched: 1
        ->  Hash Left Join  (cost=9.00..18.00 rows=20 width=36) (actual time=9.000..10.000 rows=3 loops=2)
              Hash Cond: (b.id = c.b)
              Filter: ((b.note ~~ '%''
  ->  Seq Scan on evil  (cost=0.00..1.00 rows=1 width=1): it''s%'::text) AND (b.n > $0))
              Rows Removed by Filter: 12
              Worker 0:  actual time=8.500..9.500 rows=2 loops=1
                Buffers: shared hit=20
              ->  Parallel Seq Scan on "B""x" b  (cost=0.00..5.00 rows=20 width=36) (actual time=0.100..4.000 rows=15 loops=2)
              ->  Hash  (cost=5.00..5.00 rows=1 width=4) (never executed)
                    ->  Index Only Scan Backward using c_b on public.c  (cost=0.00..5.00 rows=1 width=4) (never executed)
Settings: random_page_cost = '1.1'
Planning:
  Buffers: shared hit=8
Planning Time: 0.250 ms
JIT:
  Functions: 12
  Options: Inlining false, Optimization false
Trigger for constraint c_b_fkey: time=0.100 calls=3
Execution Time: 14.500 ms`;

describe('a plan of many parts', () => {
  const plan = parsePlanText(PARALLEL);
  const nodes = plan?.roots.flatMap(withDescendants) ?? [];

  test('has its nodes under each other', () => {
    expect(nodes.map(({ label, role }) => [label, role])).toEqual([
      ['Limit', undefined],
      ['Aggregate', 'InitPlan 1 (returns $0)'],
      ['Seq Scan on a', undefined],
      ['Gather', undefined],
      ['Hash Left Join', undefined],
      ['Parallel Seq Scan on "B""x" b', undefined],
      ['Hash', undefined],
      ['Index Only Scan Backward using c_b on public.c', undefined],
    ]);
    expect(nodes[4]?.children.map(({ label }) => label)).toEqual([
      'Parallel Seq Scan on "B""x" b',
      'Hash',
    ]);
  });

  test('has numbers, and what never ran has none', () => {
    expect(nodes[0]?.estimate).toEqual({ startupCost: 10, totalCost: 20, rows: 5, width: 36 });
    expect(nodes[4]?.actual).toEqual({ kind: 'ran', startupMs: 9, totalMs: 10, rows: 3, loops: 2 });
    expect(nodes[7]?.actual).toEqual({ kind: 'never' });
  });

  test('keeps a constant with line breaks whole, and does not take it for a node', () => {
    expect(nodes[4]?.details.map(({ name }) => name)).toEqual([
      'Hash Cond',
      'Filter',
      'Rows Removed by Filter',
      'Worker 0',
      'Buffers',
    ]);
    expect(nodes[4]?.details[1]?.text).toContain('\n  ->  Seq Scan on evil');
  });

  test('tells times and notes of the whole', () => {
    expect(plan).toMatchObject({ planningMs: 0.25, executionMs: 14.5 });
    expect(plan?.notes).toContain('JIT:');
    expect(plan?.notes).toContain('  Functions: 12');
    expect(plan?.notes).toContain("Settings: random_page_cost = '1.1'");
  });

  test('own times leave out inputs, count workers side by side, charge an InitPlan to who uses it', () => {
    const measures = plan && measurePlan(plan);
    const own = nodes.map((node) => measures?.get(node)?.ownMs?.toFixed(1));
    // The join ran in two processes for 10 ms each, side by side; 4 ms went to its scan, 1 ms to the InitPlan.
    expect(own).toEqual(['1.0', '0.5', '0.5', '3.0', '5.0', '4.0', '0.0', '0.0']);
  });

  test('misestimates are factors', () => {
    const measures = plan && measurePlan(plan);
    const scan = nodes[2];
    expect(scan && measures?.get(scan)?.misestimate).toEqual({ factor: 100, came: 'more' });
    const join = nodes[4];
    expect(join && measures?.get(join)?.misestimate?.came).toBe('fewer');
    const never = nodes[7];
    expect(never && measures?.get(never)?.misestimate).toBeUndefined();
  });
});

test('what a CTE took is charged to the scans that read it', () => {
  const plan =
    parsePlanText(`CTE Scan on t  (cost=5.00..6.00 rows=10 width=4) (actual time=1.000..9.000 rows=10 loops=1)
  CTE t
    ->  Seq Scan on a  (cost=0.00..5.00 rows=10 width=4) (actual time=0.500..8.000 rows=10 loops=1)
Execution Time: 9.100 ms`);
  const measures = plan && measurePlan(plan);
  const [root] = plan?.roots ?? [];
  expect(root?.children[0]?.role).toBe('CTE t');
  expect(root && measures?.get(root)?.ownMs).toBe(1);
});

test('rows with decimals, as PostgreSQL 18 tells them, and TIMING OFF', () => {
  const plan = parsePlanText('Seq Scan on a (actual rows=2.50 loops=4)\n  Disabled: true');
  expect(plan?.roots[0]).toMatchObject({
    label: 'Seq Scan on a',
    actual: { kind: 'ran', rows: 2.5, loops: 4 },
    details: [{ name: 'Disabled', text: 'true' }],
  });
});

test.each([
  '',
  '\n',
  'Utility statements have no plan structure',
  '- Plan: \n    Node Type: "Result"',
  '<explain xmlns="http://www.postgresql.org/2009/explain">',
])('%j is no plan', (text) => expect(parsePlanText(text)).toBeUndefined());

test('whatever stands below a root, nothing is lost and nothing fails', () => {
  const odd = `Result  (cost=0.00..0.01 rows=1 width=4)
  Something new
  Odd: 1
      deeper
 -> not an arrow
          ->  Far Scan  (cost=bad)
  Filter: 'never closed`;
  const plan = parsePlanText(odd);
  const nodes = plan?.roots.flatMap(withDescendants) ?? [];
  expect(nodes.map(({ label }) => label)).toEqual(['Result']);
  const told = [...nodes.flatMap(({ details }) => details), ...(plan?.notes ?? [])];
  expect(told).toHaveLength(6);
});

test('a hostile plan is read to its end', () => {
  parsePlanText(`Result  (cost=0.00..0.01 rows=1 width=4)\n${`  Filter: '\n`.repeat(20_001)}`);
  parsePlanText(`Result${' '.repeat(200_000)}(cost=\n  ${' '.repeat(200_000)}x`);
  parsePlanText(`Result ${' (actual'.repeat(50_000)})`);
  const deep = Array.from({ length: 1_500 }, (_, n) => `${' '.repeat(2 + 6 * n)}->  Seq Scan on a`);
  expect(parsePlanText(['Limit', ...deep].join('\n'))?.roots).toHaveLength(1);
});
