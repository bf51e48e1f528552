import type { PgErrorFields } from '../postgres/errors';
import { SHARED_ROWS, SHARED_RUN_BYTES, SHARED_SQL } from './limits';
import { wholeCharacters } from './text-edits';
import type { SharedRun, SharedStatement } from './types';

/** UTF-16 units of one field of an error or notice. */
const FIELD = 4_000;

/** Notices of one statement: a loop that raises one a row must not take the place of results. */
const NOTICES = 20;

/**
 * Cuts a run to what may stand in the document (rule D8). Nothing is altered within a row: rows are
 * left out at the end, and `rowCount` still says how many there were. When even the statements
 * without their rows are too many, the first ones and the last stay, and `statementCount` tells.
 */
export function limitRun(run: SharedRun): SharedRun {
  const heads = fittingHeads({ ...run, statements: [] }, run.statements.map(head));
  const bare = { ...run, statements: heads.map(({ statement }) => statement) };
  const rows = fittingRows(heads, SHARED_RUN_BYTES - bytes(bare));
  const statements = heads.map(({ statement, index }) => {
    const { result } = statement;
    return result
      ? { ...statement, result: { ...result, rows: rows.get(index) ?? [] } }
      : statement;
  });
  return { ...run, statements };
}

interface Head {
  /** In the run as it was. */
  readonly index: number;
  /** Without its rows. */
  readonly statement: SharedStatement;
  readonly rows: readonly (readonly (string | null)[])[];
}

function head(statement: SharedStatement, index: number): Head {
  const { result, outcome } = statement;
  return {
    index,
    rows: result?.rows.slice(0, SHARED_ROWS) ?? [],
    statement: {
      ...statement,
      sql: wholeCharacters(statement.sql, SHARED_SQL),
      outcome:
        outcome.kind === 'failed' ? { ...outcome, error: shortFields(outcome.error) } : outcome,
      notices: statement.notices.slice(0, NOTICES).map(shortFields),
      ...(result && { result: { ...result, rows: [] } }),
    },
  };
}

function shortFields(fields: PgErrorFields): PgErrorFields {
  const short = Object.entries(fields).map(([name, value]) => [
    name,
    typeof value === 'string' ? wholeCharacters(value, FIELD) : value,
  ]);
  return Object.fromEntries(short) as PgErrorFields;
}

/** The first ones that fit beside the last, which says how the run ended. */
function fittingHeads(run: SharedRun, heads: readonly Head[]): Head[] {
  const last = heads.at(-1);
  if (!last) return [];
  const end = withoutNeedless(last);
  let left = SHARED_RUN_BYTES - bytes(run) - bytes(end.statement) - 1;
  const kept: Head[] = [];
  for (const one of heads.slice(0, -1)) {
    left -= bytes(one.statement) + 1;
    if (left < 0) break;
    kept.push(one);
  }
  return [...kept, end];
}

/** A statement that does not fit by itself keeps how it ended. */
function withoutNeedless(one: Head): Head {
  if (bytes(one.statement) <= SHARED_RUN_BYTES / 2) return one;
  const { result: _, ...statement } = one.statement;
  return { ...one, rows: [], statement: { ...statement, notices: [] } };
}

/** As many rows of each result as fit: small results whole, large ones share the rest. */
function fittingRows(heads: readonly Head[], budget: number): Map<number, Head['rows']> {
  const sized = heads
    .map(({ index, rows }) => ({ index, rows, sizes: rowSizes(rows) }))
    .sort((a, b) => sum(a.sizes) - sum(b.sizes));
  const fitting = new Map<number, Head['rows']>();
  let left = budget;
  sized.forEach(({ index, rows, sizes }, i) => {
    const share = left / (sized.length - i);
    let used = 0;
    let count = 0;
    for (const size of sizes) {
      if (used + size > share) break;
      used += size;
      count++;
    }
    left -= used;
    fitting.set(index, rows.slice(0, count));
  });
  return fitting;
}

/** Bytes of each row with its comma. One that cannot fit is not written out to be measured. */
function rowSizes(rows: Head['rows']): number[] {
  return rows.map((row) => {
    const length = sum(row.map((value) => value?.length ?? 0));
    return length > SHARED_RUN_BYTES ? Number.POSITIVE_INFINITY : bytes(row) + 1;
  });
}

function bytes(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
