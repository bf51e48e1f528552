import type { PgErrorFields } from '@/lib/postgres/errors';

/** What the server said without failing: RAISE NOTICE, warnings, skipped objects. */
export function Notices({ notices }: { notices: readonly PgErrorFields[] }) {
  if (notices.length === 0) return null;
  return (
    <ul aria-label="Notices" className="max-h-32 overflow-auto font-mono text-xs">
      {notices.map((notice, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: notices are only ever added at the end
        <li key={index} className="whitespace-pre-wrap">
          <span className={notice.severity === 'WARNING' ? 'text-warn' : 'text-muted'}>
            {notice.severity}:
          </span>{' '}
          {notice.message}
          {notice.detail && `\nDETAIL: ${notice.detail}`}
          {notice.hint && `\nHINT: ${notice.hint}`}
        </li>
      ))}
    </ul>
  );
}
