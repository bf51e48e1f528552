import { useCallback, useSyncExternalStore } from 'react';
import type { CellPlaces } from './cell-places';

const never = () => () => {};

/** Whether a cell is the one last touched; before any was, the first is. Renders only the two cells that change. */
export function useIsCurrent(
  places: CellPlaces | undefined,
  cell: string,
  isFirst: boolean,
): boolean {
  const look = useCallback(() => {
    const current = places?.current.get();
    return current === undefined ? isFirst : current === cell;
  }, [places, cell, isFirst]);
  return useSyncExternalStore(places?.current.subscribe ?? never, look, () => isFirst);
}
