import { StatusDot } from './status-dot';
import type { Summary } from './summary';

/** The one line at the top of the page that says whether there is a database. */
export function MachineStatus({ tone, text, detail }: Summary) {
  return (
    <div role="status" aria-label="Machine" className="flex min-w-0 items-center gap-2 text-sm">
      <StatusDot tone={tone} />
      <span className="min-w-0 truncate">{text}</span>{' '}
      {detail && (
        <span aria-hidden="true" className="shrink-0 text-muted tabular-nums">
          {detail}
        </span>
      )}
    </div>
  );
}
