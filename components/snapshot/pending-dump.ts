import type { Session } from '../playground/session';
import { findPlayground, forgetPendingDump } from '../playgrounds/store';
import { Cell, type Readable } from '../state/cell';
import { stayFor } from '../state/stay';
import { dropDump, findDump, keepDump } from './pending-store';
import { type RestoreReport, restoreDump } from './restore-program';

/** What became of the dump that a playground was made of. */
export type DumpState =
  /** There is none, or nobody has looked yet. */
  | { readonly kind: 'none' }
  | { readonly kind: 'restoring'; readonly givenBytes: number; readonly totalBytes: number }
  | ({ readonly kind: 'done'; readonly isKept: boolean } & RestoreReport)
  /** It still waits, unless it is gone. */
  | { readonly kind: 'failed'; readonly message: string };

const states = new WeakMap<Session, Cell<DumpState>>();

export function dumpStateOf(session: Session): Readable<DumpState> {
  return cellOf(session);
}

/**
 * Puts the dump that a playground was made of into its machine, once the machine runs: does nothing for playgrounds
 * that have none, and while it is under way. Never rejects; what happens is in `dumpStateOf`.
 */
export async function restorePendingDump(session: Session): Promise<void> {
  const { playground } = session.identity.credentials;
  const state = cellOf(session);
  if (!findPlayground(playground)?.pendingDump || state.get().kind === 'restoring') return;
  const seat = session.seat.get();
  if (seat.kind !== 'host') return;
  const { machine } = seat;
  try {
    state.set({ kind: 'restoring', givenBytes: 0, totalBytes: 0 });
    const pending = await findDump(playground);
    if (!pending) {
      forgetPendingDump(playground);
      throw new Error(GONE);
    }
    const { dump, isBegun } = pending;
    await keepDump(playground, { dump, isBegun: true });
    const report = await stayFor(
      restoreDump(machine, {
        dump,
        isRepeated: isBegun,
        onProgress: (givenBytes) =>
          state.set({ kind: 'restoring', givenBytes, totalBytes: dump.size }),
      }),
    );
    // The dump goes only when the machine that has it would outlive this tab, as far as this browser keeps any.
    const isKept = await machine.saveNow().then(
      () => true,
      () => false,
    );
    forgetPendingDump(playground);
    await dropDump(playground);
    state.set({ kind: 'done', isKept, ...report });
  } catch (thrown) {
    state.set({
      kind: 'failed',
      message: thrown instanceof Error ? thrown.message : String(thrown),
    });
  }
}

/** Its outcome has been read. */
export function dismissDumpState(session: Session): void {
  cellOf(session).set({ kind: 'none' });
}

const GONE =
  'The snapshot’s data is not in this browser any more, so the database begins empty. Open the snapshot’s link again.';

function cellOf(session: Session): Cell<DumpState> {
  const known = states.get(session) ?? new Cell<DumpState>({ kind: 'none' });
  states.set(session, known);
  return known;
}
