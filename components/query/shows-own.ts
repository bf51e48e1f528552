import type { SharedRun } from '@/lib/notebook/types';
import type { RunView } from './run-view';

/**
 * Whether a cell shows this page's own run rather than the shared one. The newer one is told by what was shared when
 * the own one ended, not by times: people's clocks differ by minutes.
 * @param seen what was shared of the cell when the own run ended
 */
export function showsOwn(
  own: RunView | undefined,
  shared: SharedRun | undefined,
  seen: SharedRun | undefined,
): boolean {
  if (!own || !shared) return own !== undefined;
  const isOver = own.phase.kind === 'over' || own.phase.kind === 'refused';
  return !isOver || isSame(shared, seen);
}

/** Reading it from the document again makes another object of it. */
function isSame(shared: SharedRun, seen: SharedRun | undefined): boolean {
  return shared === seen || (shared.at === seen?.at && shared.by === seen.by);
}
