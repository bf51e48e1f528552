'use client';

import type { ResultViewChoice } from '@/lib/notebook/types';
import type { ResultView, RunView, StatementView } from '../query/run-view';
import { Button } from '../ui/button';
import { formatBytes } from '../ui/format';
import { DownloadButtons } from './download-buttons';
import { Notices } from './notices';
import { ResultBody, usePlan } from './result-body';
import { firstWords, runnerText, statementSummary } from './summary';
import { ViewSwitch } from './view-switch';
import { choiceOf, wayOf, waysOf } from './view-way';

interface StatementResultProps {
  run: RunView;
  statement: StatementView;
  view: ResultViewChoice | undefined;
  onView: (view: ResultViewChoice) => void;
  onLoadMore: (() => void) | undefined;
  /** What a downloaded file is called; absent: as the statement begins. */
  fileTitle: string | undefined;
}

/** One statement's rows, with what the server said beside them. */
export function StatementResult(props: StatementResultProps) {
  const { run, statement, view, onView, onLoadMore } = props;
  const { result, copied, notices, outcome } = statement;
  const plan = usePlan(result, outcome.kind !== 'running');
  const way = wayOf(view, plan);
  const isCut = result !== undefined && hasMore(result);
  const summary = [statementSummary(statement), runnerText(run, Date.now())].filter(Boolean);
  return (
    <div className="flex min-w-0 flex-col">
      {result && (
        <ResultBody
          result={result}
          complete={isComplete(statement)}
          plan={plan}
          way={way}
          chart={view?.kind === 'chart' ? view : undefined}
          onChart={(chart) => onView({ kind: 'chart', ...chart })}
        />
      )}
      {copied && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <pre className="max-h-[400px] overflow-auto p-3 font-mono text-[13px]" tabIndex={0}>
          {copied.text}
          {copied.bytes > copied.text.length && `\n… the beginning of ${formatBytes(copied.bytes)}`}
        </pre>
      )}
      <div className="border-line border-t bg-surface px-3 py-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px] text-muted">
          <p className="mr-auto py-1 tabular-nums text-pretty">{summary.join(', ')}</p>
          {isCut && onLoadMore && (
            <Button size="small" onClick={onLoadMore}>
              Load more
            </Button>
          )}
          {result && (
            <>
              <ViewSwitch
                ways={waysOf(plan)}
                way={way}
                onChoose={(chosen) => onView(choiceOf(chosen, result.columns))}
              />
              <span className="flex items-center">
                <DownloadButtons
                  rows={result.rows}
                  columns={result.columns}
                  title={props.fileTitle ?? firstWords(statement.sql)}
                />
              </span>
            </>
          )}
        </div>
        <Notices notices={notices} />
      </div>
    </div>
  );
}

/** All rows there are have come to this page. */
function isComplete({ outcome, result }: StatementView): boolean {
  if (outcome.kind !== 'done' || !result) return false;
  return outcome.discardedRows === 0 && !hasMore(result);
}

function hasMore({ rowCount, totalRows = rowCount }: ResultView): boolean {
  return totalRows > rowCount;
}
