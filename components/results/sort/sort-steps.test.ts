import { expect, test } from 'vitest';
import { rowsOf } from '../testing/rows-of';
import { sortSteps } from './sort-steps';

function sorted(values: (string | null)[], oid: number, direction: 'ascending' | 'descending') {
  const rows = rowsOf(...values.map((value) => [value]));
  const work = sortSteps(rows, values.length, oid, { column: 0, direction });
  for (;;) {
    const step = work.next();
    if (step.done) return [...step.value].map((row) => values[row]);
  }
}

test('numbers by all their digits, NaN greatest, NULL last in both directions', () => {
  const numbers = [
    '9007199254740993',
    null,
    'NaN',
    '-0.5',
    '9007199254740992',
    '1e-3',
    'Infinity',
    '10',
    '9',
  ];
  const up = ['-0.5', '1e-3', '9', '10', '9007199254740992', '9007199254740993', 'Infinity', 'NaN'];
  expect(sorted(numbers, 1700, 'ascending')).toEqual([...up, null]);
  expect(sorted(numbers, 1700, 'descending')).toEqual([...up.toReversed(), null]);
});

test('timestamps by their moment', () => {
  const moments = [
    '2024-03-31 03:00:00+02',
    '2024-03-31 01:30:00+01',
    'infinity',
    '0044-03-15 12:00:00+00 BC',
    '2024-03-31 03:00:00.000001+02',
  ];
  expect(sorted(moments, 1184, 'ascending')).toEqual([
    '0044-03-15 12:00:00+00 BC',
    '2024-03-31 01:30:00+01',
    '2024-03-31 03:00:00+02',
    '2024-03-31 03:00:00.000001+02',
    'infinity',
  ]);
});

test('another DateStyle is sorted as text rather than wrongly', () => {
  expect(sorted(['15.03.2024', '01.01.2025'], 1082, 'ascending')).toEqual([
    '01.01.2025',
    '15.03.2024',
  ]);
});

test('texts by collation, booleans false first', () => {
  expect(sorted(['zebra', 'Äpfel', 'apple', 'Zoo'], 25, 'ascending')).toEqual([
    'Äpfel',
    'apple',
    'zebra',
    'Zoo',
  ]);
  expect(sorted(['t', 'f', null, 't'], 16, 'ascending')).toEqual(['f', 't', 't', null]);
});

test('equal values stay in the order they came, in both directions, in large results too', () => {
  const count = 5_000;
  const rows = rowsOf(...Array.from({ length: count }, (_, n) => [String((n * 7919) % 13)]));
  for (const direction of ['ascending', 'descending'] as const) {
    const work = sortSteps(rows, count, 23, { column: 0, direction });
    let step = work.next();
    while (!step.done) step = work.next();
    const order = [...step.value];
    const sign = direction === 'ascending' ? 1 : -1;
    const expected = Array.from({ length: count }, (_, n) => n).sort(
      (a, b) => sign * (((a * 7919) % 13) - ((b * 7919) % 13)) || a - b,
    );
    expect(order).toEqual(expected);
  }
});

test('nothing to sort', () => {
  expect(sorted([], 23, 'ascending')).toEqual([]);
  expect(sorted([null, null], 23, 'descending')).toEqual([null, null]);
});
