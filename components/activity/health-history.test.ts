import { expect, test } from 'vitest';
import type { Health } from '@/lib/machine/types';
import {
  addSample,
  cpuSentence,
  type HealthSample,
  MAX_SAMPLES,
  memorySentence,
} from './health-history';

const HEALTH: Health = {
  pg: 'ready',
  uptime: 1,
  memTotal: 256_000_000,
  memAvailable: 156_000_000,
  diskTotal: 1,
  diskFree: 1,
  oomKills: 0,
  cpuBusy: 0.5,
};

function historyOf(...busy: number[]): readonly HealthSample[] {
  return busy.reduce<readonly HealthSample[]>(
    (history, cpuBusy, index) => addSample(history, { ...HEALTH, cpuBusy }, index * 5000),
    [],
  );
}

test('a history keeps its last minutes and no more', () => {
  const history = historyOf(...Array.from({ length: MAX_SAMPLES + 5 }, () => 0.1));
  expect(history).toHaveLength(MAX_SAMPLES);
  expect(history[0]?.at).toBe(5 * 5000);
});

test('what the guest says of its processor is taken for a share', () => {
  expect(historyOf(-1, 7).map(({ cpu }) => cpu)).toEqual([0, 1]);
});

test('the graphs are told in words', () => {
  expect(cpuSentence([])).toBe('Not measured yet.');
  expect(cpuSentence(historyOf(0.5))).toBe('50 % busy, 50 % on average.');
  expect(cpuSentence(historyOf(0, 0.5, 1))).toBe('100 % busy, 50 % on average over the last 10 s.');
  expect(memorySentence(historyOf(0))).toBe('100.0 MB of 256.0 MB used, at most 100.0 MB.');
});
