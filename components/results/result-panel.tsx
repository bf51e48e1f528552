'use client';

import { type ReactNode, useState } from 'react';
import type { QueryDesk } from '../query/query-desk';
import type { Place, RunView, StatementView } from '../query/run-view';
import { NEVER, useCell } from '../state/cell';
import { Notice } from '../ui/notice';
import { Messages } from './messages';
import { ProblemNotice } from './problem-notice';
import { ResultTabs } from './result-tabs';
import { StatementResult } from './statement-result';
import { runSummary } from './summary';

interface ResultPanelProps {
  /** Absent while the page wakes up. */
  desk: QueryDesk | undefined;
  onReveal: (place: Place) => void;
}

export function ResultPanel({ desk, onReveal }: ResultPanelProps) {
  const run = useCell(desk?.run ?? NEVER, undefined);
  const lost = useCell(desk?.lost ?? NEVER, undefined);
  return (
    <section
      aria-label="Result"
      className="flex min-h-[30dvh] min-w-0 flex-1 flex-col bg-surface lg:min-h-0"
    >
      {lost && (
        <Notice tone="warn" announce="alert" title="The session was lost" className="m-3">
          <p>{lost}</p>
          <p>Temporary tables, settings and an open transaction went with it.</p>
        </Notice>
      )}
      {run ? (
        <Run key={run.id} run={run} lost={lost !== undefined} onReveal={onReveal} />
      ) : (
        <Hint>Results appear here. Write SQL above and press Run, or Ctrl+Enter.</Hint>
      )}
      <p className="sr-only" aria-live="polite">
        {run?.phase.kind === 'over' && runSummary(run)}
      </p>
    </section>
  );
}

interface RunProps {
  run: RunView;
  /** Its session is gone, and that has been said. */
  lost: boolean;
  onReveal: (place: Place) => void;
}

function Run({ run, lost, onReveal }: RunProps) {
  const [chosen, setChosen] = useState<string>();
  const { phase, statements } = run;
  if (phase.kind === 'waiting') {
    return <Hint>{phase.reason} The query runs as soon as it can.</Hint>;
  }
  if (phase.kind === 'refused') {
    return (
      <Notice tone="plain" announce="alert" className="m-3">
        {phase.reason}
      </Notice>
    );
  }
  const withResult = statements.filter(({ result, copied }) => result || copied);
  const shown = chosenStatement(withResult, chosen);
  const body =
    shown && chosen !== 'messages' ? (
      <StatementResult key={shown.number} statement={shown} />
    ) : (
      <Messages run={run} />
    );
  return (
    <>
      <ProblemNotice run={run} lost={lost} onReveal={onReveal} />
      {run.statementCount === 1 ? (
        body
      ) : (
        <ResultTabs
          withResult={withResult}
          current={chosen === 'messages' ? undefined : shown?.number}
          onChoose={setChosen}
        >
          {body}
        </ResultTabs>
      )}
    </>
  );
}

/** The one the reader chose, else the newest. */
function chosenStatement(
  statements: readonly StatementView[],
  chosen: string | undefined,
): StatementView | undefined {
  return statements.find(({ number }) => String(number) === chosen) ?? statements.at(-1);
}

function Hint({ children }: { children: ReactNode }) {
  return <p className="m-auto max-w-sm p-6 text-center text-muted text-sm">{children}</p>;
}
