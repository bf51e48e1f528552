import { plural } from '../ui/format';
import type { CopyFormat } from './copy';
import type { Rectangle, Selection } from './selection';
import type { SortChoice } from './sort/sort-steps';

/** What the menu of a grid offers, in sections. */
export interface GridSection {
  readonly title: string;
  readonly actions: readonly GridAction[];
}

export interface GridAction {
  readonly label: string;
  /** The key that does the same. */
  readonly keys?: string;
  readonly run: () => void;
}

const FORMATS: readonly (readonly [CopyFormat, string])[] = [
  ['tsv', 'as text (TSV)'],
  ['markdown', 'as Markdown'],
  ['json', 'as JSON'],
  ['insert', 'as SQL insert'],
];

/** Pixels a column grows or shrinks by at one press. */
export const WIDTH_STEP_PX = 40;

export interface GridDeeds {
  copy(rectangle: Rectangle, format: CopyFormat): void;
  /** Absent while rows have not come. */
  sort: ((by: SortChoice | undefined) => void) | undefined;
  changeWidth(column: number, by: number): void;
  fitWidth(column: number): void;
  open(): void;
  select(selection: Selection): void;
}

interface GridState {
  readonly selected: Rectangle;
  readonly active: { readonly row: number; readonly column: number };
  readonly columnName: string;
  readonly lastRow: number;
  readonly lastColumn: number;
  readonly sort: SortChoice | undefined;
}

export function gridSections(state: GridState, deeds: GridDeeds): GridSection[] {
  const { selected, active, columnName, lastRow, lastColumn } = state;
  const rowCount = selected.bottom - selected.top + 1;
  const columnCount = selected.right - selected.left + 1;
  const wholeRows = { ...selected, left: 0, right: lastColumn };
  const sections: GridSection[] = [
    {
      title: `Copy ${plural(rowCount * columnCount, 'cell')}`,
      actions: FORMATS.map(([format, label]) => ({
        label: `Copy ${label}`,
        ...(format === 'tsv' && { keys: 'Ctrl+C' }),
        run: () => deeds.copy(selected, format),
      })),
    },
  ];
  if (columnCount <= lastColumn) {
    const noun = rowCount === 1 ? 'row' : 'rows';
    sections.push({
      title: `Copy ${plural(rowCount, 'whole row')}`,
      actions: FORMATS.map(([format, label]) => ({
        label: `Copy ${noun} ${label}`,
        run: () => deeds.copy(wholeRows, format),
      })),
    });
  }
  sections.push({
    title: 'Cell',
    actions: [
      { label: 'Show value', keys: 'Enter', run: () => deeds.open() },
      {
        label: 'Select whole rows',
        keys: 'Shift+Space',
        run: () =>
          deeds.select({
            anchor: { row: selected.top, column: 0 },
            active: { row: selected.bottom, column: lastColumn },
          }),
      },
      {
        label: 'Select whole columns',
        keys: 'Ctrl+Space',
        run: () =>
          deeds.select({
            anchor: { row: 0, column: selected.left },
            active: { row: lastRow, column: selected.right },
          }),
      },
    ],
  });
  const { column } = active;
  sections.push({
    title: `Column ${columnName}`,
    actions: [
      ...sortActions(column, state.sort, deeds.sort),
      { label: 'Fit width', keys: '=', run: () => deeds.fitWidth(column) },
      { label: 'Wider', keys: '+', run: () => deeds.changeWidth(column, WIDTH_STEP_PX) },
      { label: 'Narrower', keys: '−', run: () => deeds.changeWidth(column, -WIDTH_STEP_PX) },
    ],
  });
  return sections;
}

function sortActions(
  column: number,
  sort: SortChoice | undefined,
  apply: GridDeeds['sort'],
): GridAction[] {
  if (!apply) return [];
  const actions: GridAction[] = [
    { label: 'Sort ascending', run: () => apply({ column, direction: 'ascending' }) },
    { label: 'Sort descending', run: () => apply({ column, direction: 'descending' }) },
  ];
  if (sort) actions.push({ label: 'As it came', run: () => apply(undefined) });
  return actions;
}

/** What a click on a column's name does: ascending, then descending, then as it came. */
export function nextSort(sort: SortChoice | undefined, column: number): SortChoice | undefined {
  if (sort?.column !== column) return { column, direction: 'ascending' };
  return sort.direction === 'ascending' ? { column, direction: 'descending' } : undefined;
}
