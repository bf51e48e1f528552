import { describe, expect, test } from 'vitest';
import { compareNumerics } from './compare-numerics';
import { intervalSeconds } from './interval';
import { parseMoment } from './moment';

describe('a moment', () => {
  test.each([
    ['2024-02-29', Date.UTC(2024, 1, 29), false],
    ['2024-01-01 12:30:45.123456', Date.UTC(2024, 0, 1, 12, 30, 45) + 123.456, false],
    ['2024-01-01 12:00:00+05:30', Date.UTC(2024, 0, 1, 6, 30), true],
    ['2024-01-01 12:00:00-08', Date.UTC(2024, 0, 1, 20), true],
    ['infinity', Number.POSITIVE_INFINITY, false],
    ['-infinity', Number.NEGATIVE_INFINITY, false],
  ])('%s', (text, epochMs, hasZone) => expect(parseMoment(text)).toEqual({ epochMs, hasZone }));

  test('before Christ there is no year 0', () => {
    const first = parseMoment('0001-01-01')?.epochMs ?? 0;
    const last = parseMoment('0001-12-31 BC')?.epochMs ?? 0;
    expect(first - last).toBe(86_400_000);
  });

  test.each(['', '01.02.2024', '2024-01-01T00:00:00Z', '294277-01-01', 'x'.repeat(100_000)])(
    '%s is none that is read',
    (text) => expect(parseMoment(text)).toBeUndefined(),
  );
});

test.each([
  ['1 year 2 mons 3 days 04:05:06.5', 425 * 86_400 - 2 * 86_400 + 4 * 3600 + 5 * 60 + 6.5],
  ['-1 days +02:00:00', -79_200],
  ['-00:00:01', -1],
  ['00:00:00', 0],
])('the interval %s has %d seconds', (text, seconds) =>
  expect(intervalSeconds(text)).toBe(seconds),
);

test.each(['', 'P1D', '@ 1 day', 'x'.repeat(100_000), '1 day '.repeat(10_000)])(
  '%s is no interval that is read',
  (text) => expect(intervalSeconds(text)).toBeUndefined(),
);

test('numbers are compared by all their digits', () => {
  const up = [
    '-Infinity',
    '-100000000000000000001',
    '-100000000000000000000.5',
    '-1',
    '0',
    '0.10',
    '0.2',
    '9',
    '10',
    '99999999999999999999.1',
    '99999999999999999999.11',
    'Infinity',
    'NaN',
  ];
  for (const [i, a] of up.entries()) {
    for (const [j, b] of up.entries()) {
      expect(Math.sign(compareNumerics(a, b)) + 0, `${a} ${b}`).toBe(Math.sign(i - j));
    }
  }
  expect(compareNumerics('0.10', '0.1000')).toBe(0);
  expect(compareNumerics('-0', '0') + 0).toBe(0);
});
