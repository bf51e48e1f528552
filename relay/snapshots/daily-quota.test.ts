import { describe, expect, it } from 'vitest';
import { DailyQuota } from './daily-quota';

const DAY_MS = 86_400_000;

function quota() {
  const clock = { now: 1_000 };
  const limits = { snapshotsPerAddressPerDay: 3, snapshotBytesPerAddressPerDay: 100 };
  return { clock, quota: new DailyQuota(limits, () => clock.now) };
}

describe('the quota of an address', () => {
  it('bounds the number', () => {
    const { quota: each } = quota();
    expect([1, 2, 3, 4].map(() => each.take('a', 1).ok)).toEqual([true, true, true, false]);
    expect(each.take('b', 1).ok).toBe(true);
  });

  it('bounds the bytes, and refuses without taking', () => {
    const { quota: each } = quota();
    expect(each.take('a', 60).ok).toBe(true);
    expect(each.take('a', 41).ok).toBe(false);
    expect(each.take('a', 40).ok).toBe(true);
    expect(each.take('a', 1).ok).toBe(false);
  });

  it('tells when it begins again, a day after the first', () => {
    const { quota: each, clock } = quota();
    each.take('a', 100);
    clock.now += DAY_MS - 1_500;
    expect(each.take('a', 1)).toEqual({ ok: false, retryAfterSeconds: 2 });
    clock.now += 1_500;
    expect(each.take('a', 100).ok).toBe(true);
  });

  it('takes back what was not used, on the same day only', () => {
    const { quota: each, clock } = quota();
    const first = each.take('a', 100);
    if (first.ok) first.giveBack();
    const second = each.take('a', 100);
    expect(second.ok).toBe(true);
    clock.now += DAY_MS;
    each.take('a', 100);
    if (second.ok) second.giveBack();
    expect(each.take('a', 1).ok).toBe(false);
  });
});
