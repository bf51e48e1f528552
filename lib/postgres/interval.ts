const PARTS = /(-?\d+) (year|mon|day)s?|([+-]?)(\d+):(\d\d):(\d\d(?:\.\d+)?)/g;
const SHAPE = /^(?:[+-]?\d+ (?:year|mon|day)s? ?)*(?:[+-]?\d+:\d\d:\d\d(?:\.\d+)?)?$/;
/** Seconds, as PostgreSQL counts when it compares: a month has 30 days. */
const UNITS = { year: 12 * 30 * 86_400, mon: 30 * 86_400, day: 86_400 } as const;

/** An interval in IntervalStyle `postgres` as the seconds PostgreSQL compares it by; undefined for another style. */
export function intervalSeconds(text: string): number | undefined {
  if (text === '' || text.length > 100 || !SHAPE.test(text)) return undefined;
  let seconds = 0;
  for (const [, count, unit, sign, hours, minutes, rest] of text.matchAll(PARTS)) {
    if (unit === 'year' || unit === 'mon' || unit === 'day') seconds += Number(count) * UNITS[unit];
    else {
      const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
      seconds += sign === '-' ? -size : size;
    }
  }
  return seconds;
}
