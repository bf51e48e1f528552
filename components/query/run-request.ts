import type { InputChoice } from '@/lib/notebook/types';

/** What Run is given: the whole text of a cell, and the stretch of it to run. */
export interface RunRequest {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What `:name` in the text stands for. */
  readonly values: ReadonlyMap<string, string>;
  /** What the notebook's input cells ask for: a number's value is written as a number. */
  readonly inputs?: readonly InputChoice[];
  /** The result is for this page only, e.g. when the rest of a shared one is fetched. */
  readonly unshared?: boolean;
}

/** One cell of a Run all. */
export interface CellRequest {
  readonly cell: string;
  readonly request: RunRequest;
}
