/** The types a column of a CSV file may become. */
export const CSV_TYPES = [
  'text',
  'integer',
  'bigint',
  'numeric',
  'boolean',
  'date',
  'timestamp',
  'timestamptz',
  'uuid',
  'jsonb',
] as const;
export type CsvType = (typeof CSV_TYPES)[number];

const WHOLE = /^[+-]?\d{1,19}$/;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/;
const BOOLEAN = /^(t|f|true|false|yes|no|y|n|on|off)$/i;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MOMENT =
  /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)? ?(Z|UTC|[+-](0\d|1[0-5])(:?[0-5]\d)?)?$/i;
/** Codes and telephone numbers begin with zeros that a number would lose. */
const LEADING_ZERO = /^[+-]?0\d/;

const INTEGER_LIMIT = 2n ** 31n;
const BIGINT_LIMIT = 2n ** 63n;
/** PostgreSQL takes more digits; nobody means a number by them. */
const NUMERIC_DIGITS = 100;

/** True when PostgreSQL takes the text for a value of the type. Empty texts are NULL and fit everywhere. */
export function fits(type: CsvType, text: string): boolean {
  if (text === '') return true;
  switch (type) {
    case 'text':
      return true;
    case 'integer':
      return isWhole(text, INTEGER_LIMIT);
    case 'bigint':
      return isWhole(text, BIGINT_LIMIT);
    case 'numeric':
      return text.length <= NUMERIC_DIGITS && DECIMAL.test(text);
    case 'boolean':
      return BOOLEAN.test(text) || text === '0' || text === '1';
    case 'date':
      return isDate(text);
    case 'timestamp':
    case 'timestamptz':
      return isMoment(text) || isDate(text);
    case 'uuid':
      return UUID.test(text);
    case 'jsonb':
      return isJson(text);
    default:
      return type satisfies never;
  }
}

function isWhole(text: string, limit: bigint): boolean {
  if (!WHOLE.test(text)) return false;
  const value = BigInt(text.replace(/^\+/, ''));
  return value >= -limit && value < limit;
}

function isDate(text: string): boolean {
  const parts = DATE.exec(text);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (year === 0 || month === 0 || month > 12) return false;
  return day > 0 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function isMoment(text: string): boolean {
  const day = MOMENT.exec(text)?.[1];
  return day !== undefined && isDate(day);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    // What PostgreSQL cannot hold in a text it cannot hold in JSON.
    return !text.includes('\\u0000');
  } catch {
    return false;
  }
}

/** Stricter than `fits`: what somebody who writes the text most likely means by it. */
function means(type: CsvType, text: string): boolean {
  if (!fits(type, text)) return false;
  switch (type) {
    case 'integer':
    case 'bigint':
    case 'numeric':
      return !LEADING_ZERO.test(text);
    case 'boolean':
      return BOOLEAN.test(text);
    case 'timestamp':
      return !hasZone(text);
    case 'timestamptz':
      return hasZone(text);
    case 'jsonb':
      return /^\s*[[{]/.test(text);
    default:
      return true;
  }
}

function hasZone(text: string): boolean {
  return MOMENT.exec(text)?.[5] !== undefined;
}

/** From the narrowest: the first that all values mean is chosen. */
const CANDIDATES: readonly CsvType[] = [
  'boolean',
  'integer',
  'bigint',
  'numeric',
  'date',
  'timestamp',
  'timestamptz',
  'uuid',
  'jsonb',
];

/** The type of each column, as a sample of rows has it. A column without values is text. */
export function inferTypes(sample: readonly (readonly string[])[], columns: number): CsvType[] {
  return Array.from({ length: columns }, (_, column) => {
    const values = sample.map((row) => row[column] ?? '').filter((text) => text !== '');
    if (values.length === 0) return 'text';
    return CANDIDATES.find((type) => values.every((text) => means(type, text))) ?? 'text';
  });
}

/** True when the first row names the columns: each has a name of its own, and none is a value that has a type. */
export function looksLikeHeader(first: readonly string[]): boolean {
  const names = first.map((name) => name.trim());
  return new Set(names).size === names.length && names.every(isName);
}

/** `n`, `on` and `yes` are booleans to PostgreSQL; at the head of a column they are names. */
function isName(text: string): boolean {
  if (text === '' || /^(true|false)$/i.test(text) || /^[+-]?[\d.,]+$/.test(text)) return false;
  const [type] = inferTypes([[text]], 1);
  return type === 'text' || type === 'boolean';
}
