import { describe, expect, it } from 'vitest';
import { type FuzzReport, fuzzMux } from './fuzz';

/** Frames in all; `WARREN_FUZZ_FRAMES=1000000` for the long run. */
const FRAMES = Number(process.env.WARREN_FUZZ_FRAMES ?? 40_000);
const SEEDS = [1, 2, 3, 4];

/** What a run may leave on the heap: nothing that grows with its length. */
const HEAP_BYTES = 64 * 1_048_576;

/** Ten times what the slowest machine seen needed for a frame. */
const MS_A_FRAME = 2;

function run(seed: number): FuzzReport {
  try {
    return fuzzMux(seed, FRAMES / SEEDS.length);
  } catch (error) {
    throw new Error(`seed ${seed}: ${error}`, { cause: error });
  }
}

function total(reports: readonly FuzzReport[], counts: 'endedBy' | 'resets', key: string): number {
  return reports.reduce((sum, report) => sum + (report[counts].get(key) ?? 0), 0);
}

describe('fuzzing', () => {
  it(
    `V1 ${FRAMES} frames of hostile peers never make a mux throw, hang or grow`,
    () => {
      const before = process.memoryUsage().heapUsed;
      const reports = SEEDS.map(run);
      expect(process.memoryUsage().heapUsed - before).toBeLessThan(HEAP_BYTES);
      for (const rule of ['F2', 'F3', 'F4', 'H1', 'S1', 'S5']) {
        expect(total(reports, 'endedBy', rule), `links ended by ${rule}`).toBeGreaterThan(0);
      }
      for (const code of ['credit-exceeded', 'credit-overflow', 'data-after-end']) {
        expect(total(reports, 'resets', code), `streams reset with ${code}`).toBeGreaterThan(0);
      }
      for (const { dataBytes, sentBytes } of reports) {
        expect(Math.min(dataBytes, sentBytes)).toBeGreaterThan(FRAMES / SEEDS.length);
      }
    },
    30_000 + FRAMES * MS_A_FRAME,
  );
});
