import { type Summary, summarizeMachine, summarizeRemote } from '../machine/summary';
import { NEVER, useCell } from '../state/cell';
import type { Session } from './session';

const OFF = { stage: 'off' } as const;
const WAKING: Summary = { tone: 'busy', text: 'Starting' };

/** The playground's database in one line, wherever it runs. */
export function useSummary(session: Session | undefined): Summary {
  const seat = useCell(session?.seat ?? NEVER, undefined);
  const machine = useCell(seat?.kind === 'host' ? seat.machine.state : NEVER, undefined);
  const tunnel = useCell(session?.relay.tunnel ?? NEVER, undefined);
  const hostOnline = useCell(session?.relay.hostOnline ?? NEVER, undefined);
  const pg = useCell(session?.desk.session ?? NEVER, undefined);
  if (!seat || seat.kind === 'electing') return WAKING;
  if (seat.kind === 'host') return summarizeMachine(machine ?? OFF);
  const version = pg?.kind === 'open' ? pg.version : undefined;
  return summarizeRemote(tunnel ?? OFF, hostOnline ?? false, version);
}
