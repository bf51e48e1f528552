import { useMemo } from 'react';
import type { SharedRun } from '@/lib/notebook/types';
import type { RunView } from '../query/run-view';
import { fromSharedRun } from '../query/shared-run';
import { showsOwn } from '../query/shows-own';
import { NEVER, useCell } from '../state/cell';
import type { NotebookActions } from './notebook-actions';

/** The run that stands under a cell: the newest, be it this page's or somebody else's. */
export function useShownRun(
  cell: string,
  actions: NotebookActions | undefined,
): RunView | undefined {
  const ours = useMemo(() => actions?.session.desk.run(cell) ?? NEVER, [actions, cell]);
  const theirs = useMemo(() => actions?.document.result(cell) ?? NEVER, [actions, cell]);
  const live = useCell<RunView | undefined>(ours, undefined);
  const shared = useCell<SharedRun | undefined>(theirs, undefined);
  const fromOthers = useMemo(
    () => shared && fromSharedRun(shared, actions?.document.text(cell)?.toString()),
    [shared, actions, cell],
  );
  return showsOwn(live, shared, actions?.session.sharing.seen(cell)) ? live : fromOthers;
}
