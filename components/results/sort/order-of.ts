import { compareNumerics } from '@/lib/postgres/compare-numerics';
import { intervalSeconds } from '@/lib/postgres/interval';
import { parseMoment } from '@/lib/postgres/moment';
import { type TypeKind, typeKind } from '@/lib/postgres/types';

/** How values of a type stand to each other. */
export interface Order {
  /** A number that goes up with the values; undefined when it cannot be told. Absent: texts are compared. */
  readonly key?: (text: string) => number | undefined;
  /** Where keys are equal or absent; both are values, never NULL. */
  readonly compare: (a: string, b: string) => number;
}

const COLLATOR = new Intl.Collator('en');
const byCollation = (a: string, b: string): number => COLLATOR.compare(a, b);
const byCharacters = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
const same = (): number => 0;

const MONEY_OID = 790;

/** As PostgreSQL would sort them, but texts: those follow the browser's collation. */
export function orderOf(oid: number): Order {
  if (oid === MONEY_OID) return { key: moneyKey, compare: same };
  return ORDERS[typeKind(oid)] ?? { compare: byCollation };
}

/** When some value's key cannot be told, say under another DateStyle. */
export const TEXT_ORDER: Order = { compare: byCollation };

const ORDERS: { readonly [K in TypeKind]?: Order } = {
  number: { key: numberKey, compare: compareNumerics },
  boolean: { compare: byCharacters },
  date: { key: momentKey, compare: same },
  timestamp: { key: momentKey, compare: same },
  interval: { key: intervalSeconds, compare: same },
  time: { compare: byCharacters },
  uuid: { compare: byCharacters },
  bytea: { compare: byCharacters },
  bit: { compare: byCharacters },
};

/** NaN is the greatest number to PostgreSQL; `compareNumerics` puts it above infinity. */
function numberKey(text: string): number | undefined {
  const number = Number(text);
  if (!Number.isNaN(number)) return number;
  return text === 'NaN' ? Number.POSITIVE_INFINITY : undefined;
}

/** `-$1,234.50`, with the point and comma of most settings of lc_monetary. */
function moneyKey(text: string): number | undefined {
  const number = Number(text.replace(/[^\d.-]/g, ''));
  return Number.isNaN(number) ? undefined : number;
}

function momentKey(text: string): number | undefined {
  return parseMoment(text)?.epochMs;
}
