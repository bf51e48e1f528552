import { expect, test } from 'vitest';
import { type CsvType, fits, inferTypes, looksLikeHeader } from './infer-types';

const infer = (...values: string[]) =>
  inferTypes(
    values.map((value) => [value]),
    1,
  )[0];

test.each<[CsvType, string[]]>([
  ['integer', ['1', '-2', '', '2147483647']],
  ['bigint', ['1', '2147483648', '-9223372036854775808']],
  ['numeric', ['1', '2.50', '-.5', '1e3', '9223372036854775808']],
  ['boolean', ['true', 'F', 'no', '']],
  ['date', ['2026-02-28', '2024-02-29']],
  ['timestamp', ['2026-01-01 10:00', '2026-01-01T10:00:00.123']],
  [
    'timestamptz',
    ['2026-01-01T10:00:00Z', '2026-01-01 10:00:00+02', '2026-01-01 10:00:00.5-05:30'],
  ],
  ['uuid', ['123e4567-e89b-12d3-a456-426614174000']],
  ['jsonb', ['{"a":[1]}', '[]']],
  ['text', ['']],
  ['text', ['a', '1']],
  // Codes lose their zeros as numbers.
  ['text', ['01234', '99999']],
  ['text', ['2026-02-29', '2026-01-01']],
  ['text', ['2026-13-01']],
  ['text', ['1,5']],
  ['text', ['12:00']],
  ['text', ['0x10', '1_000']],
  ['text', ['NaN']],
  ['text', ['2026-01-01', '2026-01-01T10:00:00Z']],
  ['text', ['{"a":"\\u0000"}']],
  ['text', ['$5', '-', '+']],
])('%s from %j', (type, values) => expect(infer(...values)).toBe(type));

test('what is chosen by hand is taken more widely than it would be guessed', () => {
  expect(fits('integer', '007')).toBe(true);
  expect(fits('boolean', '1')).toBe(true);
  expect(fits('timestamptz', '2026-01-01')).toBe(true);
  expect(fits('integer', '2147483648')).toBe(false);
  expect(fits('bigint', '9223372036854775808')).toBe(false);
  expect(fits('jsonb', '1')).toBe(true);
  expect(fits('jsonb', 'x')).toBe(false);
});

test('columns are guessed each for itself, rows may be short', () => {
  expect(inferTypes([['1', 'a'], ['2'], ['3', 'b', 'c']], 3)).toEqual(['integer', 'text', 'text']);
});

test('a first row of names is a header', () => {
  expect(looksLikeHeader(['id', 'name'])).toBe(true);
  expect(looksLikeHeader(['n', 't', 'On'])).toBe(true);
  expect(looksLikeHeader(['a', 'true'])).toBe(false);
  expect(looksLikeHeader(['id', '3'])).toBe(false);
  expect(looksLikeHeader(['id', ''])).toBe(false);
  expect(looksLikeHeader(['a', 'a'])).toBe(false);
  expect(looksLikeHeader(['2026-01-01', 'x'])).toBe(false);
});
