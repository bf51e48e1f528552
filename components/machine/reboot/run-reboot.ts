import type { OpenStream } from '@/lib/machine/files';
import type { MachineState, MemoryMb, StartFrom } from '@/lib/machine/types';
import type { Readable } from '../../state/cell';
import { whenReady } from '../when-ready';
import { dumpDatabases } from './dump-databases';
import type { RebootOutcome, RebootPlan, RebootStep } from './plan';
import { restartPostgres } from './restart-postgres';
import { restoreDatabases } from './restore-databases';

/** The machine as a reboot needs it. */
export interface Rebootable {
  open: OpenStream;
  readonly state: Readable<MachineState>;
  start(memoryMb: MemoryMb, from: StartFrom): void;
  holdSaving(isHeld: boolean): void;
}

/** Carries a plan out. Never rejects: how it failed, and what that means for the data, is an outcome. */
export async function runReboot(
  machine: Rebootable,
  plan: RebootPlan,
  onStep: (step: RebootStep) => void,
): Promise<RebootOutcome> {
  const open: OpenStream = (metadata) => machine.open(metadata);
  let dump: Blob | undefined;
  let isUnharmed = true;
  try {
    if (plan.kind === 'postgres') {
      onStep({ kind: 'restarting-postgres' });
      await restartPostgres(open);
      return { kind: 'done', errors: [], errorCount: 0, dump };
    }
    if (plan.keepsData) {
      onStep({ kind: 'dumping', bytes: 0 });
      dump = await dumpDatabases(open, (bytes) => onStep({ kind: 'dumping', bytes }));
    }
    onStep({ kind: 'starting' });
    isUnharmed = false;
    // Until the data are in, what this browser kept before is the better copy.
    machine.holdSaving(dump !== undefined);
    const ready = whenReady(machine.state);
    machine.start(plan.memoryMb, plan.from);
    await ready;
    if (!dump) return { kind: 'done', errors: [], errorCount: 0, dump };
    const totalBytes = dump.size;
    onStep({ kind: 'restoring', sentBytes: 0, totalBytes, errors: 0 });
    const errors = await restoreDatabases(open, dump, (sentBytes, count) =>
      onStep({ kind: 'restoring', sentBytes, totalBytes, errors: count }),
    );
    return { kind: 'done', errors: errors.first, errorCount: errors.count, dump };
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return { kind: 'failed', message, isUnharmed, dump };
  } finally {
    machine.holdSaving(false);
  }
}
