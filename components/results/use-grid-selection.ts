import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import {
  at,
  type CellPlace,
  contains,
  FIRST_CELL,
  type GridSize,
  moveSelection,
  rectangleOf,
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
    // The notebook around moves between cells with the same keys.
    event.stopPropagation();
    setSelection(next);
    // Selecting much at once leaves the view where it is.
    if (event.key.toLowerCase() !== 'a' && event.key !== ' ') onMove(next.active);
  };

  const onPointer = (event: PointerEvent): void => {
    const place = placeOf(event.target);
    const row = place ? undefined : headedRow(event.target);
    if (event.type === 'pointerdown' && event.button === 2) {
      // The menu that comes acts on what is selected, or else on the cell under the pointer.
      if (place && !contains(rectangleOf(selection), place)) setSelection(at(place));
    } else if (event.type === 'pointerdown') {
      if (event.button !== 0) return;
      if (place) {
        setSelection(event.shiftKey ? { anchor: selection.anchor, active: place } : at(place));
      } else if (row !== undefined) {
        const first = event.shiftKey ? selection.anchor.row : row;
        setSelection({
          anchor: { row: first, column: 0 },
          active: { row, column: size.columns - 1 },
        });
      }
    } else if (place && event.buttons === 1 && event.pointerType === 'mouse') {
      setSelection({ anchor: selection.anchor, active: place });
    }
  };

  return {
    selection,
    select: setSelection,
    handlers: { onKeyDown, onPointerDown: onPointer, onPointerMove: onPointer },
  };
}

/** The cell an event came from. */
export function placeOf(target: EventTarget): CellPlace | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  if (!cell) return undefined;
  return { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
}

/** The row whose number an event came from. */
function headedRow(target: EventTarget): number | undefined {
  const header =
    target instanceof Element ? target.closest<HTMLElement>('[data-row-header]') : null;
  return header ? Number(header.dataset.rowHeader) : undefined;
}
