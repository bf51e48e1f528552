/** Beyond this many lines added and removed the rest is taken for different: little of it would stay. */
const MAX_DIFFERENT = 400;

/** Pairs of numbers of lines that stay, in order, as many as can (Myers' algorithm). */
export function commonLines(
  a: readonly string[],
  b: readonly string[],
): readonly (readonly [number, number])[] {
  const trace: Map<number, number>[] = [];
  let furthest = new Map([[1, 0]]);
  for (let d = 0; d <= MAX_DIFFERENT; d++) {
    trace.push(furthest);
    const reached = new Map<number, number>();
    for (let k = -d; k <= d; k += 2) {
      const from = previousDiagonal(furthest, d, k);
      let x = (furthest.get(from) ?? 0) + (from < k ? 1 : 0);
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reached.set(k, x);
      if (x >= a.length && x - k >= b.length) return walkBack(trace, a.length, b.length);
    }
    furthest = reached;
  }
  return [];
}

/** The diagonal from which step `d` reaches diagonal `k`: the one that has come further. */
function previousDiagonal(furthest: ReadonlyMap<number, number>, d: number, k: number): number {
  const below = furthest.get(k - 1) ?? -1;
  const above = furthest.get(k + 1) ?? -1;
  return k === -d || (k !== d && below < above) ? k + 1 : k - 1;
}

function walkBack(
  trace: readonly ReadonlyMap<number, number>[],
  endOfA: number,
  endOfB: number,
): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = [];
  let [x, y] = [endOfA, endOfB];
  for (let d = trace.length - 1; d >= 0; d--) {
    const furthest = trace[d] ?? new Map<number, number>();
    const from = previousDiagonal(furthest, d, x - y);
    const fromX = furthest.get(from) ?? 0;
    const fromY = d === 0 ? 0 : fromX - from;
    while (x > fromX && y > fromY) pairs.push([--x, --y]);
    [x, y] = [fromX, fromY];
  }
  return pairs.reverse();
}
