import { MAX_CELL_TEXT, MAX_CELLS } from './limits';

/** Why an operation changed nothing. */
export type Refusal =
  /** The document is of a version this page does not write (rule D2). */
  | 'newer-document'
  | 'too-many-cells'
  | 'text-too-long'
  | 'no-such-cell'
  /** There is no cell before or after it. */
  | 'at-the-edge'
  /** A kind of a newer page: it may be moved and deleted, its content is not written (rule D6). */
  | 'foreign-cell'
  /** The two cells are of different kinds. */
  | 'different-kinds'
  /** A name, option or value that is none. */
  | 'not-valid';

/** What an operation did. `cell` is the one to look at next: the new, moved, joined or changed one. */
export type Outcome<Cell = string> = { readonly done: true; readonly cell: Cell } | Refused;

export interface Refused {
  readonly done: false;
  readonly refusal: Refusal;
}

const SENTENCES: Record<Refusal, string> = {
  'newer-document': 'A newer version of this page made the notebook. Reload the page to edit it.',
  'too-many-cells': `A notebook holds ${MAX_CELLS.toLocaleString('en')} cells. Delete some first.`,
  'text-too-long': `A cell holds ${MAX_CELL_TEXT.toLocaleString('en')} characters. Divide the text among several.`,
  'no-such-cell': 'The cell is gone: somebody has deleted it.',
  'at-the-edge': 'There is no cell beyond it.',
  'foreign-cell': 'A newer version of this page made the cell. Reload the page to edit it.',
  'different-kinds': 'Only cells of the same kind can be joined.',
  'not-valid': 'This is not a name, choice or value that the notebook can keep.',
};

/** A sentence for people. */
export function refusalText(refusal: Refusal): string {
  return SENTENCES[refusal];
}

export function done(cell: string): Outcome {
  return { done: true, cell };
}

export function refused(refusal: Refusal): Refused {
  return { done: false, refusal };
}
