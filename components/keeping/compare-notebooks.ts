import type { NotebookCell } from '@/lib/notebook/types';

/** A cell with what it says. */
export interface SpokenCell {
  readonly cell: NotebookCell;
  readonly text: string;
}

/** A notebook as it was or is, texts included. */
export interface SpokenNotebook {
  readonly title: string;
  readonly cells: readonly SpokenCell[];
}

/** A cell of the version, beside the one of now. */
export type Compared =
  | { readonly kind: 'same'; readonly past: SpokenCell }
  | { readonly kind: 'changed'; readonly past: SpokenCell; readonly present: SpokenCell }
  /** Deleted since. */
  | { readonly kind: 'gone'; readonly past: SpokenCell };

/** A version beside the present. */
export interface Comparison {
  /** The version's cells in its order. */
  readonly cells: readonly Compared[];
  /** What came since: not in the version. */
  readonly added: readonly SpokenCell[];
  /** The cells that both have stand in another order. */
  readonly isReordered: boolean;
  readonly isRenamed: boolean;
}

export function compareNotebooks(past: SpokenNotebook, present: SpokenNotebook): Comparison {
  const presentCells = new Map(present.cells.map((spoken) => [spoken.cell.id, spoken]));
  const pastIds = new Set(past.cells.map(({ cell }) => cell.id));
  const kept = past.cells.filter(({ cell }) => presentCells.has(cell.id));
  const stayed = present.cells.filter(({ cell }) => pastIds.has(cell.id));
  return {
    cells: past.cells.map((spoken) => compareCell(spoken, presentCells.get(spoken.cell.id))),
    added: present.cells.filter(({ cell }) => !pastIds.has(cell.id)),
    isReordered: kept.some(({ cell }, index) => cell.id !== stayed[index]?.cell.id),
    isRenamed: past.title !== present.title,
  };
}

/** What a restore would do, as half a sentence; undefined when it would do nothing. */
export function describeRestore({ cells, added, isReordered, isRenamed }: Comparison) {
  const count = (kind: Compared['kind']) => cells.filter((one) => one.kind === kind).length;
  const deeds = [
    deed('brings back', count('gone')),
    deed('changes', count('changed')),
    deed('removes', added.length),
    isReordered ? 'puts the cells into another order' : undefined,
    isRenamed ? 'changes the title' : undefined,
  ].filter((one) => one !== undefined);
  if (deeds.length === 0) return undefined;
  return deeds.length === 1 ? deeds[0] : `${deeds.slice(0, -1).join(', ')} and ${deeds.at(-1)}`;
}

function compareCell(past: SpokenCell, present: SpokenCell | undefined): Compared {
  if (!present) return { kind: 'gone', past };
  const isSame = past.text === present.text && settings(past) === settings(present);
  return isSame ? { kind: 'same', past } : { kind: 'changed', past, present };
}

/** What a cell is besides its text and its place. */
function settings({ cell: { kind, view, input } }: SpokenCell): string {
  return JSON.stringify([kind, view, input]);
}

function deed(verb: string, count: number): string | undefined {
  if (count === 0) return undefined;
  return `${verb} ${count === 1 ? '1 cell' : `${count} cells`}`;
}
