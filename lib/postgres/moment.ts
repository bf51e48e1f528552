const MOMENT =
  /^(\d{4,6})-(\d\d)-(\d\d)(?: (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?([+-]\d\d(?::\d\d){0,2})?)?( BC)?$/;
/** Seconds in a unit of an offset's part. */
const OFFSET_UNITS = [3600, 60, 1] as const;

/** A date or timestamp in the style ISO, which is PostgreSQL's own. */
export interface Moment {
  /** Milliseconds since 1970, microseconds as a fraction. Without a zone it counts as UTC; ±Infinity for infinity. */
  readonly epochMs: number;
  readonly hasZone: boolean;
}

/** Undefined for another DateStyle, and for years a Date does not reach. */
export function parseMoment(text: string): Moment | undefined {
  if (text === 'infinity') return { epochMs: Number.POSITIVE_INFINITY, hasZone: false };
  if (text === '-infinity') return { epochMs: Number.NEGATIVE_INFINITY, hasZone: false };
  const found = MOMENT.exec(text);
  if (!found) return undefined;
  const [, year, month, day, hour, minute, second, fraction, offset, bc] = found;
  const date = new Date(0);
  // Year 1 BC is the year 0 of a Date.
  date.setUTCFullYear(bc ? 1 - Number(year) : Number(year), Number(month) - 1, Number(day));
  const seconds =
    Number(hour ?? 0) * 3600 +
    Number(minute ?? 0) * 60 +
    Number(second ?? 0) -
    offsetSeconds(offset);
  const micros = Number((fraction ?? '').padEnd(6, '0'));
  const epochMs = date.getTime() + seconds * 1000 + micros / 1000;
  return Number.isNaN(epochMs) ? undefined : { epochMs, hasZone: offset !== undefined };
}

function offsetSeconds(offset: string | undefined): number {
  if (offset === undefined) return 0;
  const parts = offset.slice(1).split(':');
  const size = parts.reduce(
    (sum, part, index) => sum + Number(part) * (OFFSET_UNITS[index] ?? 0),
    0,
  );
  return offset.startsWith('-') ? -size : size;
}
