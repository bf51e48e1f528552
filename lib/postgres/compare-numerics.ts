const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** What is not finite, as PostgreSQL orders it: NaN is the greatest of all. */
const RANKS: Readonly<Record<string, number>> = { '-Infinity': -1, Infinity: 1, NaN: 2 };

/** The order of two numbers as PostgreSQL writes them, by all their digits. */
export function compareNumerics(a: string, b: string): number {
  const rank = (RANKS[a] ?? 0) - (RANKS[b] ?? 0);
  if (rank !== 0) return rank;
  const left = digitsOf(a);
  const right = digitsOf(b);
  if (!left || !right) return 0;
  if (left.sign !== right.sign) return left.sign - right.sign;
  if (left.whole.length !== right.whole.length) {
    return left.whole.length < right.whole.length ? -left.sign : left.sign;
  }
  const whole = order(left.whole, right.whole);
  return left.sign * (whole || order(left.fraction, right.fraction));
}

interface Digits {
  /** 0 for zero. */
  readonly sign: number;
  /** Without leading zeros. */
  readonly whole: string;
  /** Without trailing zeros. */
  readonly fraction: string;
}

function digitsOf(text: string): Digits | undefined {
  const found = DECIMAL.exec(text);
  // An exponent comes with floats only, whose order a JS number has already told exactly.
  if (!found || found[4] !== undefined) return undefined;
  const whole = (found[2] ?? '').replace(/^0+/, '');
  const fraction = (found[3] ?? '').replace(/0+$/, '');
  const isZero = whole === '' && fraction === '';
  return { sign: isZero ? 0 : found[1] === '-' ? -1 : 1, whole, fraction };
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
