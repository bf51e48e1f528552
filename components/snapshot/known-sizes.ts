import type { KeepState } from '@/lib/machine/types';
import type { Readable } from '../state/cell';
import type { SnapshotKind } from './baggage-lines';
import type { StreamsOfMachine } from './machine-streams';

/** A machine that tells how much of it is kept, and so whether somebody has worked with it since. */
export interface MeasuredMachine extends StreamsOfMachine {
  readonly kept: Readable<KeepState>;
}

interface KnownSizes {
  /** The save that nothing has been done after. */
  readonly savedAt: number;
  readonly bytes: Partial<Record<SnapshotKind, number>>;
}

const known = new WeakMap<MeasuredMachine, KnownSizes>();

/** What a snapshot of a machine takes that has not worked since it was measured; undefined when that is not known. */
export function knownSize(machine: MeasuredMachine, kind: SnapshotKind): number | undefined {
  const sizes = known.get(machine);
  return sizes && sizes.savedAt === quietSince(machine) ? sizes.bytes[kind] : undefined;
}

/** Measures, and remembers the outcome when nobody has worked with the machine from the last save on to the end of it. */
export async function measureOnce(
  machine: MeasuredMachine,
  kind: SnapshotKind,
  measure: () => Promise<number>,
): Promise<number> {
  const savedAt = quietSince(machine);
  const bytes = await measure();
  if (savedAt !== undefined && savedAt === quietSince(machine)) {
    const before = known.get(machine);
    const others = before?.savedAt === savedAt ? before.bytes : {};
    known.set(machine, { savedAt, bytes: { ...others, [kind]: bytes } });
  }
  return bytes;
}

/** The moment of the last save, while there has been no work after it. */
function quietSince({ kept }: MeasuredMachine): number | undefined {
  const state = kept.get();
  return state.kind === 'saved' && state.unsavedSince === undefined ? state.savedAt : undefined;
}
