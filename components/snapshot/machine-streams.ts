import type { MachineHost, MachineState } from '@/lib/machine/types';
import type { Readable } from '../state/cell';

/** What is asked of a machine here; a HostedMachine is one. */
export interface StreamsOfMachine {
  readonly state: Readable<MachineState>;
  open: MachineHost['open'];
}

/** What a running machine says of itself. */
export interface RunningFacts {
  readonly memoryMb: number;
  /** E.g. `17.11`. */
  readonly postgres: string;
}

/** Undefined while it does not run. */
export function runningFacts({ state }: StreamsOfMachine): RunningFacts | undefined {
  const now = state.get();
  if (now.stage !== 'ready') return undefined;
  return { memoryMb: now.memoryMb, postgres: now.version.replace(/^PostgreSQL /, '') };
}
