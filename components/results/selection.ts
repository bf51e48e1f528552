/** A rectangle of cells: it grows from the anchor to the active cell, which is where the keyboard is. */
export interface Selection {
  readonly anchor: CellPlace;
  readonly active: CellPlace;
}

export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
}

export interface Rectangle {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export const FIRST_CELL: Selection = at({ row: 0, column: 0 });

export function at(place: CellPlace): Selection {
  return { anchor: place, active: place };
}

export function rectangleOf({ anchor, active }: Selection): Rectangle {
  return {
    top: Math.min(anchor.row, active.row),
    bottom: Math.max(anchor.row, active.row),
    left: Math.min(anchor.column, active.column),
    right: Math.max(anchor.column, active.column),
  };
}

export function contains(rectangle: Rectangle, { row, column }: CellPlace): boolean {
  return (
    row >= rectangle.top &&
    row <= rectangle.bottom &&
    column >= rectangle.left &&
    column <= rectangle.right
  );
}

export interface GridKey {
  readonly key: string;
  readonly shift: boolean;
  /** Ctrl, or Cmd on a Mac. */
  readonly command: boolean;
}

/** The selection after a key, as the grid pattern of WAI-ARIA has it; undefined when the key is not the grid's. */
export function moveSelection(
  selection: Selection,
  { key, shift, command }: GridKey,
  size: GridSize,
  pageRows: number,
): Selection | undefined {
  if (command && key.toLowerCase() === 'a') {
    return {
      anchor: { row: 0, column: 0 },
      active: { row: size.rows - 1, column: size.columns - 1 },
    };
  }
  if (key === ' ' && (shift || command)) return wholeLines(selection, shift, size);
  const target = targetOf(selection.active, key, command, size, pageRows);
  if (!target) return undefined;
  const active = { row: clamp(target.row, size.rows), column: clamp(target.column, size.columns) };
  return { anchor: shift ? selection.anchor : active, active };
}

/** All of the rows that are touched, or else of the columns. */
function wholeLines(selection: Selection, rows: boolean, size: GridSize): Selection {
  const { top, bottom, left, right } = rectangleOf(selection);
  return rows
    ? { anchor: { row: top, column: 0 }, active: { row: bottom, column: size.columns - 1 } }
    : { anchor: { row: 0, column: left }, active: { row: size.rows - 1, column: right } };
}

function targetOf(
  { row, column }: CellPlace,
  key: string,
  command: boolean,
  { rows, columns }: GridSize,
  pageRows: number,
): CellPlace | undefined {
  switch (key) {
    case 'ArrowUp':
      return { row: command ? 0 : row - 1, column };
    case 'ArrowDown':
      return { row: command ? rows - 1 : row + 1, column };
    case 'ArrowLeft':
      return { row, column: command ? 0 : column - 1 };
    case 'ArrowRight':
      return { row, column: command ? columns - 1 : column + 1 };
    case 'PageUp':
      return { row: row - pageRows, column };
    case 'PageDown':
      return { row: row + pageRows, column };
    case 'Home':
      return { row: command ? 0 : row, column: 0 };
    case 'End':
      return { row: command ? rows - 1 : row, column: columns - 1 };
    default:
      return undefined;
  }
}

function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(length - 1, index));
}
