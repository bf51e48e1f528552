import { expect, test } from 'vitest';
import { backOffMs, MOST_FAULTS, pause } from './back-off';

test('waits double and end at a quarter of a minute', () => {
  expect([1, 2, 3, 4].map((faults) => backOffMs(faults, 1))).toEqual([500, 1000, 2000, 4000]);
  expect(backOffMs(MOST_FAULTS, 1)).toBe(15_000);
  expect(backOffMs(100_000, 1)).toBe(15_000);
});

test('chance takes up to half of a wait away', () => {
  expect(backOffMs(3, 0)).toBe(1000);
  expect(backOffMs(3, 0.5)).toBe(1500);
});

test('a wait ends at once when it is aborted', async () => {
  const aborted = AbortSignal.abort(new Error('enough'));
  await expect(pause(1e9, aborted)).rejects.toThrow('enough');
  const later = new AbortController();
  const waiting = pause(1e9, later.signal);
  later.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
});
