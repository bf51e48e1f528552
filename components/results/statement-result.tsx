import type { StatementView } from '../query/run-view';
import { formatBytes } from '../ui/format';
import { Grid } from './grid';
import { Notices } from './notices';
import { statementSummary } from './summary';

/** One statement's rows, with what the server said beside them. */
export function StatementResult({ statement }: { statement: StatementView }) {
  const { result, copied, notices } = statement;
  return (
    <div className="flex min-h-0 flex-1 flex-col max-lg:h-[65dvh] max-lg:flex-none">
      {result && <Grid columns={result.columns} rows={result.rows} rowCount={result.rowCount} />}
      {copied && (
        <pre className="min-h-0 flex-1 overflow-auto p-3 font-mono text-[13px]">
          {copied.text}
          {copied.bytes > copied.text.length && `\n… the beginning of ${formatBytes(copied.bytes)}`}
        </pre>
      )}
      <div className="border-line border-t bg-surface px-3 py-1.5">
        <p className="text-[13px] text-muted tabular-nums">{statementSummary(statement)}</p>
        <Notices notices={notices} />
      </div>
    </div>
  );
}
