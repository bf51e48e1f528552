import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pacing } from './pacing';

describe('the pause before the next attempt', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** How long `wait` takes, in milliseconds. */
  const measure = async (pacing: Pacing) => {
    const began = Date.now();
    const waited = pacing.wait();
    await vi.runAllTimersAsync();
    await waited;
    return Date.now() - began;
  };

  it('is none before the first', async () => {
    expect(await measure(new Pacing())).toBe(0);
  });

  it('doubles with each failure up to a limit', async () => {
    const pacing = new Pacing(() => 1);
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 9; attempt++) {
      pacing.ended();
      pauses.push(await measure(pacing));
    }
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
  });

  it('is up to half at random', async () => {
    const pacing = new Pacing(() => 0);
    pacing.ended();
    expect(await measure(pacing)).toBe(125);
  });

  it('starts again from the first after a good connection, not after a short one', async () => {
    const pacing = new Pacing(() => 1);
    const connectFor = (ms: number) => {
      pacing.opened();
      vi.advanceTimersByTime(ms);
      pacing.ended();
    };
    connectFor(100);
    connectFor(100);
    expect(await measure(pacing)).toBe(500);
    connectFor(10_000);
    expect(await measure(pacing)).toBe(250);
  });

  it('is as long as the server asked', async () => {
    const pacing = new Pacing(() => 1);
    pacing.ended(20_000);
    expect(await measure(pacing)).toBe(20_000);
    pacing.ended();
    expect(await measure(pacing)).toBe(500);
  });

  it('ends when there is reason to hurry', async () => {
    const pacing = new Pacing(() => 1);
    for (let attempt = 0; attempt < 8; attempt++) pacing.ended();
    const waited = pacing.wait();
    pacing.hurry();
    await waited;
    expect(vi.getTimerCount()).toBe(0);
    expect(await measure(pacing)).toBe(0);
  });
});
