import type { RunView, StatementView } from '../query/run-view';
import { formatBytes, formatCount, formatElapsed, plural } from '../ui/format';

/** What a statement came to, in one line. */
export function statementSummary({ outcome, result, copied, sql }: StatementView): string {
  const parts: string[] = [];
  if (outcome.kind === 'done') parts.push(outcome.tag || firstWords(sql));
  else parts.push(firstWords(sql));
  if (result) {
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

/** The beginning of a statement, on one line. */
export function firstWords(sql: string, length = EXCERPT_LENGTH): string {
  const line = sql.slice(0, length * 2).replace(/\s+/g, ' ');
  return line.length > length ? `${line.slice(0, length)}…` : line;
}
