import type { Rows } from '../rows';
import { type Order, orderOf, TEXT_ORDER } from './order-of';

export interface SortChoice {
  /** From 0. */
  readonly column: number;
  readonly direction: 'ascending' | 'descending';
}

/** Rows read, and places of a merge filled, between two looks at the clock: well under a millisecond. */
const READ_A_STEP = 500;
const MERGED_A_STEP = 1_000;
/** Runs that are sorted in one step; with texts a run takes about a millisecond. */
const RUN_LENGTH = 256;

/**
 * The order of rows by one column, in steps: the numbers of the rows, first to last. NULLs come last in both
 * directions, equal values stay in the order they came.
 */
export function* sortSteps(
  rows: Rows,
  rowCount: number,
  oid: number,
  { column, direction }: SortChoice,
): Generator<void, Uint32Array<ArrayBuffer>> {
  const texts: string[] = new Array(rowCount);
  const values = new Uint32Array(rowCount);
  const nulls: number[] = [];
  let valueCount = 0;
  for (let row = 0; row < rowCount; row++) {
    const text = rows.text(row, column);
    if (text === null) nulls.push(row);
    else {
      texts[row] = text;
      values[valueCount++] = row;
    }
    if (row % READ_A_STEP === 0) yield;
  }
  const present = values.subarray(0, valueCount);
  const compare = yield* comparison(
    texts,
    present,
    orderOf(oid),
    direction === 'ascending' ? 1 : -1,
  );
  const sorted = yield* mergeSort(present, compare);
  const order = new Uint32Array(rowCount);
  order.set(sorted);
  order.set(nulls, valueCount);
  return order;
}

type Comparison = (a: number, b: number) => number;

/** Compares two rows by their numbers; ties go by the numbers themselves, whatever the direction. */
function* comparison(
  texts: readonly string[],
  present: Uint32Array,
  { key, compare }: Order,
  sign: 1 | -1,
): Generator<void, Comparison> {
  const textOf = (row: number): string => texts[row] ?? '';
  if (!key) return (a, b) => sign * compare(textOf(a), textOf(b)) || a - b;
  const keys = new Float64Array(texts.length);
  for (const [index, row] of present.entries()) {
    const found = key(textOf(row));
    if (found === undefined) return yield* comparison(texts, present, TEXT_ORDER, sign);
    keys[row] = found;
    if (index % READ_A_STEP === 0) yield;
  }
  return (a, b) => {
    const left = keys[a] ?? 0;
    const right = keys[b] ?? 0;
    if (left !== right) return left < right ? -sign : sign;
    return sign * compare(textOf(a), textOf(b)) || a - b;
  };
}

function* mergeSort(
  rows: Uint32Array<ArrayBuffer>,
  compare: Comparison,
): Generator<void, Uint32Array<ArrayBuffer>> {
  let from = rows;
  let into = new Uint32Array(rows.length);
  for (let start = 0; start < from.length; start += RUN_LENGTH) {
    from.subarray(start, start + RUN_LENGTH).sort(compare);
    yield;
  }
  for (let width = RUN_LENGTH; width < from.length; width *= 2) {
    for (let start = 0; start < from.length; start += 2 * width) {
      yield* merge(from, into, start, width, compare);
    }
    [from, into] = [into, from];
  }
  return from;
}

function* merge(
  from: Uint32Array,
  into: Uint32Array,
  start: number,
  width: number,
  compare: Comparison,
): Generator<void, void> {
  const middle = Math.min(start + width, from.length);
  const end = Math.min(start + 2 * width, from.length);
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const a = from[left] ?? 0;
    const b = from[right] ?? 0;
    const takeLeft = right >= end || (left < middle && compare(a, b) <= 0);
    into[at] = takeLeft ? a : b;
    if (takeLeft) left++;
    else right++;
    if (at % MERGED_A_STEP === 0) yield;
  }
}
