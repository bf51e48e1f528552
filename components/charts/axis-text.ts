import type { ChartData } from './chart-data';

const NUMBER = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 12 });
const SHORT_NUMBER = new Intl.NumberFormat('en-US', {
  notation: 'compact',
  maximumSignificantDigits: 4,
});

export function numberText(value: number): string {
  return NUMBER.format(value);
}

/** For an axis: `12K`, `0.25`. */
export function shortNumberText(value: number): string {
  return SHORT_NUMBER.format(value);
}

const DAY_MS = 86_400_000;

/** Writes the places along the horizontal axis: no finer than it takes to tell them apart. */
export function placeText({ axis, zone, points }: ChartData): (x: number | string) => string {
  if (axis === 'name') return String;
  if (axis === 'number') return (x) => numberText(Number(x));
  const timeZone = zone === 'written' ? 'UTC' : undefined;
  const first = Number(points[0]?.x ?? 0);
  const last = Number(points.at(-1)?.x ?? 0);
  const isWholeDays = zone === 'written' && points.every(({ x }) => Number(x) % DAY_MS === 0);
  const day = { year: 'numeric', month: 'short', day: 'numeric' } as const;
  const time = { hour: '2-digit', minute: '2-digit' } as const;
  const format = new Intl.DateTimeFormat('en-GB', {
    ...(isWholeDays
      ? day
      : last - first < DAY_MS
        ? { ...time, second: '2-digit' }
        : { ...day, ...time }),
    ...(timeZone && { timeZone }),
  });
  return (x) => format.format(Number(x));
}
