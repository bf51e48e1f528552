import { expect, test } from 'vitest';
import { parsePlanJson } from './parse-json';

test.each(['', '{', '[]', '{}', '[1]', '[{"Plan": 1}]', 'null', '["Utility Statement"]'])(
  '%s is no plan',
  (text) => expect(parsePlanJson(text)).toBeUndefined(),
);

test('counters of buffers are told as the text format tells them', () => {
  const plan = parsePlanJson(
    JSON.stringify([
      {
        Plan: {
          'Node Type': 'Seq Scan',
          'Relation Name': 'Order items',
          Alias: 'o',
          'Actual Loops': 0,
          'Shared Hit Blocks': 4,
          'Shared Read Blocks': 0,
          'Temp Written Blocks': 2,
          Filter: '(n > 1)',
          'Rows Removed by Filter': 0,
        },
        Planning: { 'Shared Hit Blocks': 3 },
        Triggers: [{ 'Trigger Name': 't', Calls: 2 }],
      },
    ]),
  );
  expect(plan).toEqual({
    roots: [
      {
        label: 'Seq Scan on "Order items" o',
        actual: { kind: 'never' },
        details: [
          { name: 'Filter', text: '(n > 1)' },
          { name: 'Buffers', text: 'shared hit=4, temp written=2' },
        ],
        children: [],
      },
    ],
    notes: ['Planning Buffers: shared hit=3', 'Triggers: Trigger Name: t, Calls: 2'],
  });
});

test('a tree deeper than a planner makes is cut', () => {
  let node: object = { 'Node Type': 'Result' };
  for (let n = 0; n < 2_000; n++) node = { 'Node Type': 'Limit', Plans: [node] };
  expect(parsePlanJson(JSON.stringify([{ Plan: node }]))?.roots).toHaveLength(1);
});
