'use client';

import { RunClock } from '../query/run-clock';
import { NEVER, useCell } from '../state/cell';
import { plural } from '../ui/format';
import type { NotebookActions } from './notebook-actions';

const NOTHING: readonly string[] = [];
/** Names of waiting cells that are written out. */
const NAMED = 4;

/** What runs, and what waits, in which order. */
export function RunQueue({ actions }: { actions: NotebookActions }) {
  const { desk } = actions.session;
  const running = useCell(desk.running, undefined);
  const queue = useCell(desk.queue, NOTHING);
  const session = useCell(desk.session, { kind: 'away' });
  const first = queue[0];
  const phase = useCell(
    running !== undefined ? desk.run(running) : first !== undefined ? desk.run(first) : NEVER,
    undefined,
  )?.phase;
  const waiting = running === undefined && phase?.kind === 'waiting';
  return (
    <p className="min-w-0 text-[13px] text-muted">
      {running !== undefined && phase?.kind === 'running' && (
        <RunClock since={phase.since} label={`Running ${actions.nameOf(running)}`} />
      )}
      {phase?.kind === 'stopping' && (
        <RunClock since={phase.since} label="Stopping; Stop again cuts the session" />
      )}
      {waiting && `${phase.reason} `}
      {queue.length > 0 && <span> {waitingText(queue, actions)}</span>}
      {running === undefined && first === undefined && session.kind === 'failed' && session.message}
    </p>
  );
}

function waitingText(queue: readonly string[], actions: NotebookActions): string {
  const named = queue.slice(0, NAMED).map((cell) => actions.nameOf(cell) || 'a deleted cell');
  const more = queue.length - named.length;
  return `Next: ${named.join(', ')}${more > 0 ? ` and ${plural(more, 'more cell')}` : ''}`;
}
