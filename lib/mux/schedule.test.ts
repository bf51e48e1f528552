import { describe, expect, it } from 'vitest';
import { Random } from './random';
import { Schedule } from './testing-schedule';

/** Each seed is a schedule of its own; a failure names it. A seed that ever failed gets a test of its own. */
const SEEDS = Array.from({ length: 60 }, (_, index) => index + 1);

function run(seed: number, resets: boolean, end: (schedule: Schedule) => void): void {
  const random = new Random(seed);
  const schedule = new Schedule(random, { resets });
  for (let step = random.between(10, 1_500); step > 0; step -= 1) schedule.step();
  end(schedule);
}

describe('any split, any interleaving', () => {
  it.each(SEEDS)('S7, C2, C3, P1: bytes arrive exactly and in order, seed %i', (seed) => {
    expect(() => run(seed, false, (schedule) => schedule.finish())).not.toThrow();
  });

  it.each(SEEDS)('S4, S5: or the stream is reset with its reason, seed %i', (seed) => {
    expect(() => run(seed, true, (schedule) => schedule.finish())).not.toThrow();
  });

  it.each(SEEDS)('S7: nothing is cut short silently when the wire is cut, seed %i', (seed) => {
    expect(() => run(seed, true, (schedule) => schedule.cut())).not.toThrow();
  });
});
