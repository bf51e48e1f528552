import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LIMITS } from '../limits';
import { FailureThrottle } from './failure-throttle';

describe('failures', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** How long an answer waits, in milliseconds of the fake clock. */
  const waits = async (throttle: FailureThrottle, address: string, link?: string) => {
    const since = Date.now();
    let outcome: string | undefined;
    void throttle.wait({ address, link }).then((value) => {
      outcome = value;
    });
    while (outcome === undefined) await vi.advanceTimersByTimeAsync(50);
    return Date.now() - since;
  };

  it('wait twice as long each time, up to a limit', () => {
    const throttle = new FailureThrottle(LIMITS);
    const delays = [1, 3, 4, 5, 6, 7, 8, 9, 100].map((n) => throttle.delayMs(n));
    expect(delays).toEqual([0, 0, 250, 500, 1000, 2000, 4000, 5000, 5000]);
  });

  it('are counted by address, and by link over all addresses', async () => {
    const throttle = new FailureThrottle(LIMITS);
    for (let n = 0; n < 3; n++) expect(await waits(throttle, '1.1.1.1', 'link')).toBeLessThan(60);
    expect(await waits(throttle, '1.1.1.1')).toBeGreaterThanOrEqual(250);
    expect(await waits(throttle, '2.2.2.2', 'link')).toBeGreaterThanOrEqual(250);
    expect(await waits(throttle, '2.2.2.2', 'other')).toBeLessThan(60);
  });

  it('that wait are bounded for each address', async () => {
    const throttle = new FailureThrottle({ ...LIMITS, failuresFree: 0 });
    const waiting = Array.from({ length: LIMITS.failuresWaitingPerAddress + 5 }, () =>
      throttle.wait({ address: '1.1.1.1', link: undefined }),
    );
    await vi.advanceTimersByTimeAsync(LIMITS.failureDelayMaxMs);
    const outcomes = await Promise.all(waiting);
    expect(outcomes.filter((outcome) => outcome === 'busy')).toHaveLength(5);
  });
});
