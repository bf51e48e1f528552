import type { MachineState, MemoryMb } from '@/lib/machine/types';
import type { HostedMachine } from '../playground/hosted-machine';
import type { Seat } from '../playground/seat';

/** Whether this tab can copy the database, which only the one that runs it can. */
export type DatabaseCopy =
  | { readonly kind: 'possible'; readonly running: HostedMachine; readonly memoryMb: MemoryMb }
  /** `why` is a sentence for people. */
  | { readonly kind: 'impossible'; readonly why: string };

/** @param state of the machine, when this tab has one */
export function databaseCopy(seat: Seat, state: MachineState | undefined): DatabaseCopy {
  if (seat.kind !== 'host') return { kind: 'impossible', why: ELSEWHERE[seat.kind] };
  if (state?.stage !== 'ready') {
    return { kind: 'impossible', why: 'The machine does not run. Start it first.' };
  }
  return { kind: 'possible', running: seat.machine, memoryMb: state.memoryMb };
}

const ELSEWHERE: Record<Exclude<Seat['kind'], 'host'>, string> = {
  electing: 'It is not known yet which tab runs the database.',
  'second-tab': 'Another tab of this browser runs the database: fork there to copy it.',
  heir: 'No tab runs the database just now. Start the machine first.',
  guest: 'The database runs in somebody else’s tab, and only that tab can copy it.',
};
