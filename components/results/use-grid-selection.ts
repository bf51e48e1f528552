import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import {
  at,
  type CellPlace,
  FIRST_CELL,
  type GridSize,
  moveSelection,
  type Selection,
} from './selection';

/** Keyboard and pointer on a grid; `onMove` brings the active cell into view. */
export function useGridSelection(
  size: GridSize,
  pageRows: () => number,
  onMove: (place: CellPlace) => void,
) {
  const [selection, setSelection] = useState<Selection>(FIRST_CELL);

  const onKeyDown = (event: KeyboardEvent): void => {
    const key = {
      key: event.key,
      shift: event.shiftKey,
      command: event.ctrlKey || event.metaKey,
    };
    const next = size.rows > 0 && moveSelection(selection, key, size, pageRows());
    if (!next) return;
    event.preventDefault();
    setSelection(next);
    // Selecting everything leaves the view where it is.
    if (event.key.toLowerCase() !== 'a') onMove(next.active);
  };

  const onPointer = (event: PointerEvent): void => {
    const place = placeOf(event.target);
    if (!place) return;
    if (event.type === 'pointerdown') {
      if (event.button !== 0) return;
      setSelection(event.shiftKey ? { anchor: selection.anchor, active: place } : at(place));
    } else if (event.buttons === 1 && event.pointerType === 'mouse') {
      setSelection({ anchor: selection.anchor, active: place });
    }
  };

  return {
    selection,
    handlers: { onKeyDown, onPointerDown: onPointer, onPointerMove: onPointer },
  };
}

function placeOf(target: EventTarget): CellPlace | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  if (!cell) return undefined;
  return { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
}
