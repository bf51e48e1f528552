import { useEffect, useRef } from 'react';
import { formatBytes, plural } from '../ui/format';
import { Notice } from '../ui/notice';
import { ProgressBar } from '../ui/progress-bar';
import type { RestoreStage } from './use-restore';

interface RestoreRunProps {
  stage: Exclude<RestoreStage, { kind: 'asked' }>;
  /** 0 when how far it is cannot be known. */
  totalBytes: number;
}

/** A restore under way or over: how far it is, and what the program says. */
export function RestoreRun({ stage, totalBytes }: RestoreRunProps) {
  const { output } = stage;
  const log = useRef<HTMLPreElement>(null);
  // What was said last is what one looks for.
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the output
  useEffect(() => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  }, [output]);
  return (
    <>
      {stage.kind === 'running' ? (
        <div>
          <ProgressBar label="Restore" value={stage.bytes} max={totalBytes} />
          <p className="mt-1.5 text-muted tabular-nums">
            {totalBytes > 0 && `${formatBytes(stage.bytes)} of ${formatBytes(totalBytes)} read, `}
            {plural(output.errors, 'error')}
          </p>
        </div>
      ) : (
        <Notice
          tone={stage.report.tone}
          announce={stage.report.tone === 'ok' ? 'none' : 'alert'}
          title={stage.report.title}
        >
          <span role={stage.report.tone === 'ok' ? 'status' : undefined}>{stage.report.text}</span>
        </Notice>
      )}
      {output.firstError !== undefined && (
        <p className="break-words font-mono text-[13px] text-bad">{output.firstError}</p>
      )}
      <div>
        {output.droppedLines > 0 && (
          <p className="text-muted text-xs">
            {plural(output.droppedLines, 'earlier line')} left out.
          </p>
        )}
        <pre
          ref={log}
          role="log"
          aria-label="Output"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
          tabIndex={0}
          className="max-h-64 min-h-16 overflow-auto whitespace-pre-wrap break-words rounded-md border border-line bg-sunken p-2 font-mono text-xs"
        >
          {output.lines.length === 0 ? 'Nothing was said yet.' : output.lines.join('\n')}
        </pre>
      </div>
    </>
  );
}
