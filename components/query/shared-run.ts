import { limitRun } from '@/lib/notebook/limit-run';
import { SHARED_ROWS, SHARED_RUN_BYTES } from '@/lib/notebook/limits';
import type { SharedResult, SharedRun, SharedStatement } from '@/lib/notebook/types';
import { lineAndColumn } from '../editor/error-span';
import { columnOf } from '../results/column';
import type { Rows } from '../results/rows';
import type { Outcome, Place, ResultView, RunView, StatementView } from './run-view';

/** Statements of one run that may be shared: the others of a long script are told by their number only. */
const SHARED_STATEMENTS = 500;
/**
 * Characters of all values that are looked at for sharing: several times what fits, since rows are only fitted in
 * afterwards, and little enough to take no time.
 */
const CHARACTERS = 4 * SHARED_RUN_BYTES;
/** `text`'s number; what COPY wrote is shared as lines of text. */
const TEXT_OID = 25;

/**
 * A finished run as it goes into the document, within the limits of rule D8.
 * @param by the runner's name
 */
export function toSharedRun(run: RunView, by: string): SharedRun {
  const { phase, statements, statementCount, at = 0 } = run;
  const last = statements.slice(-1);
  const shared =
    statements.length > SHARED_STATEMENTS
      ? [...statements.slice(0, SHARED_STATEMENTS - 1), ...last]
      : statements;
  return limitRun({
    by,
    at,
    elapsedMs: phase.kind === 'over' ? phase.elapsedMs : 0,
    statementCount,
    statements: toSharedStatements(shared),
  });
}

/** The last results are what a reader looks for, so they are looked at first. */
function toSharedStatements(statements: readonly StatementView[]): SharedStatement[] {
  const budget = { characters: CHARACTERS };
  return [...statements]
    .reverse()
    .map((statement) => toSharedStatement(statement, budget))
    .reverse();
}

interface Budget {
  characters: number;
}

function toSharedStatement(
  { sql, aside, outcome, result, copied, notices }: StatementView,
  budget: Budget,
): SharedStatement {
  const rows = result ? toSharedResult(result, budget) : copied && copiedLines(copied.text);
  return {
    sql,
    ...(aside && { aside }),
    elapsedMs: outcome.kind === 'running' ? 0 : outcome.elapsedMs,
    outcome: toSharedOutcome(outcome),
    ...(rows && { result: rows }),
    notices: notices.map((notice) => ({ ...notice })),
  };
}

function toSharedOutcome(outcome: Outcome): SharedStatement['outcome'] {
  if (outcome.kind === 'done') return { kind: 'done', tag: outcome.tag };
  if (outcome.kind === 'running') return { kind: 'lost', message: 'It did not end.' };
  const { problem } = outcome;
  if (problem.kind === 'connection') return { kind: 'lost', message: problem.message };
  const { error, place } = problem;
  // An Error's message is no property that a spread would take along.
  const fields = { ...error, severity: error.severity, code: error.code, message: error.message };
  return { kind: 'failed', error: fields, ...(place && { at: place.span }) };
}

function toSharedResult(
  { columns, rows, rowCount, totalRows }: ResultView,
  budget: Budget,
): SharedResult {
  const first: (string | null)[][] = [];
  for (let row = 0; row < Math.min(rowCount, SHARED_ROWS) && budget.characters > 0; row++) {
    const values = columns.map((_, column) => rows.text(row, column));
    for (const value of values) budget.characters -= value?.length ?? 0;
    first.push(values);
  }
  return {
    columns: columns.map(({ name, type, oid }) => ({ name, type, oid })),
    rows: first,
    rowCount: totalRows ?? rowCount,
  };
}

function copiedLines(text: string): SharedResult {
  const lines = text.replace(/\n$/, '').split('\n');
  return {
    columns: [{ name: 'COPY', type: 'text', oid: TEXT_OID }],
    rows: lines.slice(0, SHARED_ROWS).map((line) => [line]),
    rowCount: lines.length,
  };
}

/**
 * A run that came with the document, as the page shows runs.
 * @param text the cell's text, for the line of an error; without it errors have no place
 */
export function fromSharedRun(shared: SharedRun, text?: string): RunView {
  return {
    // No clash with this page's own, which count from 1.
    id: shared.at,
    by: shared.by,
    at: shared.at,
    shared: true,
    phase: { kind: 'over', elapsedMs: shared.elapsedMs },
    statementCount: shared.statementCount,
    statements: shared.statements.map((statement, number) =>
      fromSharedStatement(statement, number, text),
    ),
  };
}

function fromSharedStatement(
  { sql, aside, elapsedMs, outcome, result, notices }: SharedStatement,
  number: number,
  text: string | undefined,
): StatementView {
  return {
    number,
    sql,
    ...(aside && { aside }),
    outcome: fromSharedOutcome(outcome, elapsedMs, text),
    ...(result && { result: fromSharedResult(result) }),
    notices,
  };
}

function fromSharedOutcome(
  outcome: SharedStatement['outcome'],
  elapsedMs: number,
  text: string | undefined,
): Outcome {
  switch (outcome.kind) {
    case 'done':
      return { kind: 'done', tag: outcome.tag, elapsedMs, discardedRows: 0 };
    case 'lost':
      return {
        kind: 'failed',
        problem: { kind: 'connection', message: outcome.message },
        elapsedMs,
      };
    case 'failed': {
      const place = placeIn(text, outcome.at);
      return {
        kind: 'failed',
        problem: { kind: 'postgres', error: outcome.error, ...(place && { place }) },
        elapsedMs,
      };
    }
  }
}

/** None when the text has become shorter than that. */
function placeIn(
  text: string | undefined,
  at: { readonly start: number; readonly end: number } | undefined,
): Place | undefined {
  if (text === undefined || !at || at.start > at.end || at.end > text.length) return undefined;
  const span = { start: at.start, end: at.end };
  return { span, ...lineAndColumn(text, span.start) };
}

function fromSharedResult({ columns, rows, rowCount }: SharedResult): ResultView {
  return {
    columns: columns.map(({ name, type, oid }) => columnOf(name, type, oid)),
    rows: new SharedRows(rows),
    rowCount: rows.length,
    ...(rowCount > rows.length && { totalRows: rowCount }),
  };
}

/** The rows that came with the document. */
class SharedRows implements Rows {
  readonly rowCount: number;

  constructor(private readonly rows: SharedResult['rows']) {
    this.rowCount = rows.length;
  }

  text(row: number, column: number): string | null {
    const value = this.rows[row]?.[column];
    if (value === undefined) throw new RangeError(`row ${row}, column ${column}`);
    return value;
  }
}
