'use client';

import { formatBytes, formatCount, plural } from '../../ui/format';
import { Notice } from '../../ui/notice';
import { DumpLink } from './dump-link';
import type { RebootOutcome } from './plan';

/** What a reboot came to, and the dump where something is missing. */
export function RebootResult({ outcome, name }: { outcome: RebootOutcome; name: string }) {
  if (outcome.kind === 'failed') {
    return (
      <Notice
        tone="bad"
        announce="alert"
        title={outcome.isUnharmed ? 'Nothing was rebooted' : 'The reboot did not succeed'}
        actions={outcome.dump && <DumpLink dump={outcome.dump} name={name} />}
      >
        <span className="whitespace-pre-wrap break-words">{outcome.message}</span>{' '}
        {outcome.isUnharmed && 'The machine and its data are as they were.'}
        {!outcome.isUnharmed &&
          outcome.dump &&
          'The data are in the dump: save it to a file before you close this.'}
      </Notice>
    );
  }
  const { errorCount, errors, dump } = outcome;
  if (errorCount === 0) {
    return (
      <Notice tone="ok" title="Done">
        {dump
          ? `All data are back: ${formatBytes(dump.size)} of SQL, no errors.`
          : 'PostgreSQL is ready.'}
      </Notice>
    );
  }
  return (
    <Notice
      tone="warn"
      announce="alert"
      title={`Done, with ${plural(errorCount, 'error')}`}
      actions={dump && <DumpLink dump={dump} name={name} />}
    >
      <p>What these statements were to make is missing; all else is back.</p>
      <pre className="mt-2 max-h-40 overflow-auto whitespace-pre-wrap break-words font-mono text-xs">
        {errors.join('\n')}
        {errorCount > errors.length && `\n… and ${formatCount(errorCount - errors.length)} more`}
      </pre>
    </Notice>
  );
}
