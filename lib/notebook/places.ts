/** The digits of a place in their order (rule D4), which is also the order of their codes. */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = DIGITS.length;
const PLACE = /^[0-9A-Za-z]*[1-9A-Za-z]$/;

/** Longer ones come from thousands of insertions at one spot, or from somebody hostile: cells are placed anew. */
const MAX_LENGTH = 200;

/** At the ends, places count in steps of this many digits, so that appending does not make them longer. */
const STEP_DIGITS = 4;

export function isPlace(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_LENGTH && PLACE.test(value);
}

/**
 * A place after `a` and before `b`; undefined is the notebook's end on that side. Undefined when
 * there is none: `a` is not before `b`, or the place would be too long. Then the neighbours need
 * new places (`spread`).
 */
export function between(a: string | undefined, b: string | undefined): string | undefined {
  const place = fraction(a, b);
  return place !== undefined && isPlace(place) ? place : undefined;
}

function fraction(a: string | undefined, b: string | undefined): string | undefined {
  if (a !== undefined && b !== undefined) return a < b ? middle(a, b) : undefined;
  if (a !== undefined) return next(a);
  if (b !== undefined) return previous(b);
  return middle('', undefined);
}

/** `count` places between two, in order and evenly; undefined when there is no room. */
export function spread(
  a: string | undefined,
  b: string | undefined,
  count: number,
): string[] | undefined {
  return b === undefined ? upwards(a, count) : within(a ?? '', b, count);
}

function within(a: string, b: string, count: number): string[] | undefined {
  if (count === 0) return [];
  if (a >= b) return undefined;
  const place = middle(a, b);
  if (!isPlace(place)) return undefined;
  const half = count >> 1;
  const before = within(a, place, half);
  const after = within(place, b, count - half - 1);
  return before && after ? [...before, place, ...after] : undefined;
}

/** One after the other, from `a` up. */
function upwards(a: string | undefined, count: number): string[] | undefined {
  const places: string[] = [];
  let last = a;
  for (let i = 0; i < count; i++) {
    last = between(last, undefined);
    if (last === undefined) return undefined;
    places.push(last);
  }
  return places;
}

/** The shortest fraction between two; '' is 0, undefined is 1. `a` is before `b`. */
function middle(a: string, b: string | undefined): string {
  let common = 0;
  if (b !== undefined) while ((a[common] ?? '0') === b[common]) common++;
  if (b !== undefined && common > 0) {
    return b.slice(0, common) + middle(a.slice(common), b.slice(common));
  }
  const low = digitAt(a, 0);
  const high = b === undefined ? BASE : digitAt(b, 0);
  if (high - low > 1) return digit((low + high) >> 1);
  // Neighbouring digits: b's first digit alone is between, unless it is all of b.
  if (b !== undefined && b.length > 1) return b.slice(0, 1);
  return digit(low) + middle(a.slice(1), undefined);
}

/** The next step above; where there is none, the middle of what is left. */
function next(a: string): string {
  const steps = stepsOf(a) + 1;
  return steps < BASE ** STEP_DIGITS ? fromSteps(steps) : middle(a, undefined);
}

/** The next step below; where there is none, the middle of what is left. */
function previous(b: string): string {
  const steps = stepsOf(b) - (b.length > STEP_DIGITS ? 0 : 1);
  return steps > 0 ? fromSteps(steps) : middle('', b);
}

function stepsOf(place: string): number {
  let steps = 0;
  for (let i = 0; i < STEP_DIGITS; i++) steps = steps * BASE + digitAt(place, i);
  return steps;
}

/** Without the zeros at its end, which a place has not. */
function fromSteps(steps: number): string {
  let place = '';
  for (let left = steps, i = 0; i < STEP_DIGITS; i++, left = Math.floor(left / BASE)) {
    place = digit(left % BASE) + place;
  }
  return place.replace(/0+$/, '');
}

function digitAt(place: string, index: number): number {
  return index < place.length ? DIGITS.indexOf(place.charAt(index)) : 0;
}

function digit(value: number): string {
  return DIGITS.charAt(value);
}
