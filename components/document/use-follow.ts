import { useEffect, useRef } from 'react';
import type { NotebookDocument } from './types';

/**
 * Calls `onCell` with the cell that the followed person is in: at once, and each time they go to another.
 * @param following a person's id, or undefined to follow nobody
 */
export function useFollow(
  document: NotebookDocument,
  following: number | undefined,
  onCell: (cell: string) => void,
): void {
  const latest = useRef(onCell);
  useEffect(() => {
    latest.current = onCell;
  });
  useEffect(() => {
    if (following === undefined) return;
    let present: string | undefined;
    const look = () => {
      const cell = document.people.get().find(({ id }) => id === following)?.cell;
      if (cell === undefined || cell === present) return;
      present = cell;
      latest.current(cell);
    };
    look();
    return document.people.subscribe(look);
  }, [document, following]);
}
