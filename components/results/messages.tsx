import type { RunView, StatementView } from '../query/run-view';
import { formatElapsed, plural } from '../ui/format';
import { Notices } from './notices';
import { runnerText, statementSummary } from './summary';

/** The newest are what a reader looks for; thousands of lines would only slow the page. */
const SHOWN = 300;

/** Each statement's outcome, in order. */
export function Messages({ run }: { run: RunView }) {
  const { statements, statementCount, phase } = run;
  const earlier = Math.max(0, statements.length - SHOWN);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className="max-h-[400px] overflow-auto p-3 text-[13px]" tabIndex={0}>
      {earlier > 0 && (
        <p className="mb-2 text-muted">{plural(earlier, 'earlier statement')} done.</p>
      )}
      {run.shared && <p className="mb-2 text-muted">{runnerText(run, Date.now())}</p>}
      <ol className="space-y-1.5">
        {statements.slice(earlier).map((statement) => (
          <li key={statement.number}>
            <p className="flex gap-3 tabular-nums">
              {statementCount > 1 && (
                <span className="w-8 shrink-0 text-right text-muted">{statement.number + 1}</span>
              )}
              <span className={toneOf(statement)}>{statementSummary(statement)}</span>
            </p>
            <div className={statementCount > 1 ? 'ml-11' : ''}>
              <Notices notices={statement.notices} />
            </div>
          </li>
        ))}
      </ol>
      {phase.kind === 'over' && statementCount > 1 && (
        <p className="mt-3 text-muted">
          {plural(statements.length, 'statement')} in {formatElapsed(phase.elapsedMs)}
          {statements.length < statementCount &&
            `; ${plural(statementCount - statements.length, 'statement')} did not run`}
        </p>
      )}
    </div>
  );
}

function toneOf({ outcome }: StatementView): string {
  return outcome.kind === 'failed' ? 'text-bad' : '';
}
