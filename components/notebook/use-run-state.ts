import { useCallback, useSyncExternalStore } from 'react';
import type { QueryDesk } from '../query/query-desk';

/** Where a cell is with its run: `running`, its place in the queue from 1, or neither. */
export type CellRunState = 'running' | number | undefined;

/** Renders only the cells whose own state changes. */
export function useRunState(cell: string, desk: QueryDesk | undefined): CellRunState {
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = desk ? [desk.queue.subscribe(listener), desk.running.subscribe(listener)] : [];
      return () => {
        for (const stop of stops) stop();
      };
    },
    [desk],
  );
  const look = () => (desk ? stateOf(cell, desk) : undefined);
  return useSyncExternalStore(subscribe, look, () => undefined);
}

function stateOf(cell: string, desk: QueryDesk): CellRunState {
  if (desk.running.get() === cell) return 'running';
  const place = desk.queue.get().indexOf(cell);
  return place < 0 ? undefined : place + 1;
}
