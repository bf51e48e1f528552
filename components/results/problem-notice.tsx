import type { Place, Problem, RunView } from '../query/run-view';
import { Button } from '../ui/button';
import { plural } from '../ui/format';
import { Notice } from '../ui/notice';

interface ProblemNoticeProps {
  run: RunView;
  /** The loss of the session has been told, and a connection's error would only repeat it. */
  lost: boolean;
  onReveal: (place: Place) => void;
}

/** Why the run stopped: the error with everything PostgreSQL said about it, and its place in the text. */
export function ProblemNotice({ run, lost, onReveal }: ProblemNoticeProps) {
  const last = run.statements.at(-1);
  if (last?.outcome.kind !== 'failed') return null;
  const { problem } = last.outcome;
  if (lost && problem.kind === 'connection') return null;
  const place = problem.kind === 'postgres' ? problem.place : undefined;
  const skipped = run.statementCount - run.statements.length;
  return (
    <Notice
      tone="bad"
      announce="alert"
      className="m-3 max-h-96 overflow-auto"
      actions={
        place && (
          <Button size="small" onClick={() => onReveal(place)}>
            Go to line {place.line}, column {place.column}
          </Button>
        )
      }
    >
      {run.statementCount > 1 && (
        <p className="text-muted">
          Statement {last.number + 1} of {run.statementCount} failed
          {skipped > 0 && `; ${plural(skipped, 'statement')} after it did not run`}.
        </p>
      )}
      <ProblemText problem={problem} placed={place !== undefined} />
    </Notice>
  );
}

interface ProblemTextProps {
  problem: Problem;
  /** The button tells where it lies. */
  placed: boolean;
}

function ProblemText({ problem, placed }: ProblemTextProps) {
  if (problem.kind === 'connection') return <p className="font-medium">{problem.message}</p>;
  const { error } = problem;
  const lines = [
    ['Detail', error.detail],
    ['Hint', error.hint],
    ['Position', placed || !error.position ? undefined : `character ${error.position}`],
    ['Query', error.internalQuery],
    ['Context', error.where],
  ] as const;
  return (
    <>
      <p className="font-medium font-mono text-[13px] whitespace-pre-wrap">
        {error.severity}: {error.message}{' '}
        <span className="font-normal text-muted">({error.code})</span>
      </p>
      <dl className="font-mono text-[13px]">
        {lines.map(
          ([name, text]) =>
            text && (
              <div key={name} className="flex gap-2">
                <dt className="text-muted">{name}:</dt>
                <dd className="min-w-0 whitespace-pre-wrap">{text}</dd>
              </div>
            ),
        )}
      </dl>
    </>
  );
}
