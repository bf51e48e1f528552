import { expect, test } from 'vitest';
import { formatBytes, formatCount, formatDuration, formatElapsed, plural } from './format';

test('bytes move to the next unit before they would read as 1000.0', () => {
  expect(formatBytes(0)).toBe('0 bytes');
  expect(formatBytes(999)).toBe('999 bytes');
  expect(formatBytes(1000)).toBe('1.0 KB');
  expect(formatBytes(999_960)).toBe('1.0 MB');
  expect(formatBytes(12_345_678)).toBe('12.3 MB');
});

test('counts are grouped and nouns agree', () => {
  expect(formatCount(1234567)).toBe('1,234,567');
  expect(plural(1, 'row')).toBe('1 row');
  expect(plural(100_000, 'row')).toBe('100,000 rows');
  expect(plural(2, 'query', 'queries')).toBe('2 queries');
});

test('times keep the digits that matter', () => {
  expect(formatElapsed(0.84)).toBe('0.8 ms');
  expect(formatElapsed(42.4)).toBe('42 ms');
  expect(formatElapsed(1250)).toBe('1.25 s');
  expect(formatElapsed(125_000)).toBe('2 min 5 s');
});

test('durations name their two largest units', () => {
  expect(formatDuration(-5)).toBe('0 s');
  expect(formatDuration(59_999)).toBe('59 s');
  expect(formatDuration(12_000_000)).toBe('3 h 20 min');
  expect(formatDuration(187_200_000)).toBe('2 d 4 h');
});
