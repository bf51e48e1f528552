'use client';

import { type ReactNode, useState } from 'react';
import type { ResultViewChoice } from '@/lib/notebook/types';
import type { Place, RunView, StatementView } from '../query/run-view';
import { Notice } from '../ui/notice';
import { Messages } from './messages';
import { ProblemNotice } from './problem-notice';
import { ResultTabs } from './result-tabs';
import { StatementResult } from './statement-result';
import { runSummary } from './summary';
import { useViewChoice } from './use-view-choice';

interface RunResultProps {
  run: RunView;
  /** The region's name. */
  label: string;
  /** How the cell keeps its result to be looked at; absent: as a grid, or as a tree when it is a plan. */
  view: ResultViewChoice | undefined;
  /** Whether `onView` may write what is chosen into the document. */
  mayEdit: boolean;
  onView: (view: ResultViewChoice) => void;
  /** Shows an error's place in the cell's text. */
  onReveal: (place: Place) => void;
  /** Brings the rows that stayed with the runner; absent for those who may not run. */
  onLoadMore?: (() => void) | undefined;
  /** Why the session ended that ran this, when it did. */
  lost: string | undefined;
  /** What a downloaded file is called, without its ending; absent: as the statement begins. */
  fileTitle?: string | undefined;
}

/** What a run of one cell came to: rows, chart, plan, messages, or why not. */
export function RunResult(props: RunResultProps) {
  const { run, label, mayEdit, onReveal, onLoadMore, lost, fileTitle } = props;
  const [view, choose] = useViewChoice(props.view, mayEdit, props.onView);
  return (
    <section aria-label={label} className="flex min-w-0 flex-col bg-surface">
      {lost && (
        <Notice tone="warn" announce="alert" title="The session was lost" className="m-3">
          <p>{lost}</p>
          <p>Temporary tables, settings and an open transaction went with it.</p>
        </Notice>
      )}
      <Run
        key={run.id}
        run={run}
        lost={lost !== undefined}
        onReveal={onReveal}
        onLoadMore={onLoadMore}
        view={view}
        onView={choose}
        fileTitle={fileTitle}
      />
      <p className="sr-only" aria-live="polite">
        {run.phase.kind === 'over' && !run.shared && runSummary(run)}
      </p>
    </section>
  );
}

interface RunProps {
  run: RunView;
  /** Its session is gone, and that has been said. */
  lost: boolean;
  onReveal: (place: Place) => void;
  onLoadMore: (() => void) | undefined;
  view: ResultViewChoice | undefined;
  onView: (view: ResultViewChoice) => void;
  fileTitle: string | undefined;
}

function Run({ run, lost, onReveal, onLoadMore, view, onView, fileTitle }: RunProps) {
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
      <StatementResult
        key={shown.number}
        run={run}
        statement={shown}
        view={view}
        onView={onView}
        onLoadMore={onLoadMore}
        fileTitle={fileTitle}
      />
    ) : (
      <Messages run={run} />
    );
  return (
    <>
      <ProblemNotice run={run} lost={lost} onReveal={onReveal} />
      {statements.length <= 1 && run.statementCount === 1 ? (
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

/** The one the reader chose, else the newest that stands for itself. */
function chosenStatement(
  statements: readonly StatementView[],
  chosen: string | undefined,
): StatementView | undefined {
  return (
    statements.find(({ number }) => String(number) === chosen) ??
    statements.findLast(({ aside }) => !aside) ??
    statements.at(-1)
  );
}

function Hint({ children }: { children: ReactNode }) {
  return <p className="m-auto max-w-sm p-6 text-center text-muted text-sm">{children}</p>;
}
