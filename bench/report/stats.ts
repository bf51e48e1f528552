/** The middle value; the mean of the two middle ones when their number is even. Throws for none. */
export function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const middle = sorted.length / 2;
  const upper = valueAt(sorted, Math.floor(middle));
  return Number.isInteger(middle) ? (valueAt(sorted, middle - 1) + upper) / 2 : upper;
}

/**
 * The smallest value that at least this share of the values does not exceed (nearest rank). Throws for none.
 * @param share 0 to 1, e.g. 0.99
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = ascending(values);
  const rank = Math.ceil(share * sorted.length);
  return valueAt(sorted, Math.max(0, rank - 1));
}

function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

function valueAt(values: readonly number[], index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError('no values');
  return value;
}
