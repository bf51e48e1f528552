import type { ResultView, RunView, StatementView } from '../query/run-view';
import { formatBytes, formatClock, formatCount, formatElapsed, plural } from '../ui/format';

/** What a statement came to, in one line. */
export function statementSummary({ outcome, result, copied, sql }: StatementView): string {
  const parts: string[] = [];
  if (outcome.kind === 'done') parts.push(outcome.tag || firstWords(sql));
  else parts.push(firstWords(sql));
  const cut = result && cutText(result);
  if (result && !cut) {
    const discarded = outcome.kind === 'done' ? outcome.discardedRows : 0;
    parts.push(
      discarded > 0
        ? `first ${plural(result.rowCount, 'row')} of ${formatCount(result.rowCount + discarded)}`
        : plural(result.rowCount, 'row'),
    );
  }
  if (copied) parts.push(formatBytes(copied.bytes));
  if (outcome.kind === 'running') parts.push('running…');
  if (outcome.kind === 'failed') parts.push('failed');
  if (outcome.kind !== 'running') parts.push(formatElapsed(outcome.elapsedMs));
  // Last, since who ran it follows.
  if (cut) parts.push(cut);
  return parts.join(' · ');
}

/** What a run came to, for those who hear the page. */
export function runSummary(run: RunView): string {
  const last = run.statements.at(-1);
  if (!last) return '';
  if (run.statementCount === 1) return statementSummary(last);
  const done = run.statements.filter(({ outcome }) => outcome.kind === 'done').length;
  const elapsed = run.phase.kind === 'over' ? ` in ${formatElapsed(run.phase.elapsedMs)}` : '';
  return `${formatCount(done)} of ${plural(run.statementCount, 'statement')} done${elapsed}`;
}

const EXCERPT_LENGTH = 32;

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** Who ran it and when: `run by Ada at 15:08`, with the day when it was not today. Empty for a run of this page. */
export function runnerText({ by, at }: RunView, now: number): string {
  if (by === undefined) return '';
  if (at === undefined) return `run by ${by}`;
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return `run by ${by} at ${formatClock(at)}${isToday ? '' : ` on ${DAY.format(at)}`}`;
}

/** What of a result is here, when that is not all: `first 200 of 5,321 rows`. */
function cutText({ rowCount, totalRows = rowCount }: ResultView): string {
  return totalRows > rowCount
    ? `first ${formatCount(rowCount)} of ${plural(totalRows, 'row')}`
    : '';
}

/** The beginning of a statement, on one line. */
export function firstWords(sql: string, length = EXCERPT_LENGTH): string {
  const line = sql.slice(0, length * 2).replace(/\s+/g, ' ');
  return line.length > length ? `${line.slice(0, length)}…` : line;
}
