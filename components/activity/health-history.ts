import type { Health } from '@/lib/machine/types';
import { formatBytes, formatDuration } from '../ui/format';

/** How the machine was at a moment. */
export interface HealthSample {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Share of the processor that was busy, 0 to 1. */
  readonly cpu: number;
  readonly usedBytes: number;
  readonly totalBytes: number;
}

/** Ten minutes at one report each five seconds. */
export const MAX_SAMPLES = 120;

/** The history with one report more; the oldest goes when it is full. */
export function addSample(
  history: readonly HealthSample[],
  { cpuBusy, memTotal, memAvailable }: Health,
  at: number,
): readonly HealthSample[] {
  const sample = {
    at,
    cpu: Math.min(1, Math.max(0, cpuBusy)),
    usedBytes: Math.max(0, memTotal - memAvailable),
    totalBytes: memTotal,
  };
  return [...history.slice(1 - MAX_SAMPLES), sample];
}

/** The graph of the processor in a sentence. */
export function cpuSentence(history: readonly HealthSample[]): string {
  const last = history.at(-1);
  if (!last) return 'Not measured yet.';
  const average = history.reduce((sum, { cpu }) => sum + cpu, 0) / history.length;
  return `${percent(last.cpu)} busy, ${percent(average)} on average${span(history)}.`;
}

/** The graph of the memory in a sentence. */
export function memorySentence(history: readonly HealthSample[]): string {
  const last = history.at(-1);
  if (!last) return 'Not measured yet.';
  const most = Math.max(...history.map(({ usedBytes }) => usedBytes));
  return `${formatBytes(last.usedBytes)} of ${formatBytes(last.totalBytes)} used, at most ${formatBytes(most)}${span(history)}.`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function span(history: readonly HealthSample[]): string {
  const first = history[0];
  const last = history.at(-1);
  if (!first || !last || first === last) return '';
  return ` over the last ${formatDuration(last.at - first.at)}`;
}
