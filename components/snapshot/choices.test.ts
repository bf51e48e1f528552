import { expect, test } from 'vitest';
import { asTemplate, expiriesUpTo, firstChoices, settledTtl } from './choices';

const DAY = 86_400;

test('only what the server allows is offered, and an hour always', () => {
  expect(expiriesUpTo().map(([seconds]) => seconds)).toEqual([3600, DAY, 7 * DAY, 30 * DAY]);
  expect(expiriesUpTo(8 * DAY).map(([seconds]) => seconds)).toEqual([3600, DAY, 7 * DAY]);
  expect(expiriesUpTo(60).map(([seconds]) => seconds)).toEqual([3600]);
});

test('a choice that is not offered becomes the next shorter one', () => {
  expect(settledTtl(30 * DAY, expiriesUpTo(8 * DAY))).toBe(7 * DAY);
  expect(settledTtl(DAY, expiriesUpTo())).toBe(DAY);
});

test('a workshop may be opened by everybody, for as long as it can be', () => {
  const few = { ...firstChoices('Shop'), maxOpenings: 5 };
  expect(asTemplate(few, true)).toMatchObject({ maxOpenings: 0, ttlSeconds: 30 * DAY });
  expect(asTemplate(few, false)).toEqual(few);
});

test('a long title is cut to what a snapshot takes', () => {
  expect(firstChoices('x'.repeat(1000)).title).toHaveLength(200);
});
