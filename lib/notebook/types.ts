import type { PgErrorFields } from '../postgres/errors';

/** The version of the document this code writes (rule D2). */
export const SCHEMA_VERSION = 1;

export type CellKind = 'sql' | 'text' | 'input';

/** A cell as the page shows it; its text is in the document, since it changes with each key. */
export interface NotebookCell {
  readonly id: string;
  /** `foreign`: of a kind a newer page made; shown, never written (rule D6). */
  readonly kind: CellKind | 'foreign';
  readonly place: string;
  /** How its result is looked at; absent: as a grid. */
  readonly view?: ResultViewChoice;
  /** What an input cell asks for. */
  readonly input?: InputChoice;
}

/** A notebook as it is read from its document: a new object after each change of structure, texts apart. */
export interface Notebook {
  readonly title: string;
  readonly cells: readonly NotebookCell[];
  /** Parameters' values by name. */
  readonly values: ReadonlyMap<string, string>;
  /** `newer`: of a version this page does not write (rule D2); `empty`: nothing has come yet. */
  readonly standing: 'usable' | 'newer' | 'empty';
}

/** Which of the ways to look at a result a cell keeps. */
export type ResultViewChoice =
  | { readonly kind: 'grid' }
  | { readonly kind: 'plan'; readonly as: 'tree' | 'text' }
  | ({ readonly kind: 'chart' } & ChartChoice);

export type ChartKind = 'bar' | 'line' | 'area' | 'scatter' | 'pie';

/** Columns by name, since a query's columns may change places. */
export interface ChartChoice {
  readonly chart: ChartKind;
  readonly x: string;
  readonly y: readonly string[];
}

/** The parameter an input cell sets. */
export interface InputChoice {
  readonly name: string;
  readonly type: 'text' | 'number' | 'date' | 'choice';
  /** For `choice`. */
  readonly options: readonly string[];
}

/** A run as it stands in the document for everybody (rule D8). */
export interface SharedRun {
  readonly by: string;
  /** Milliseconds since 1970 when it began. */
  readonly at: number;
  readonly elapsedMs: number;
  /** How many statements the text held; fewer may have run. */
  readonly statementCount: number;
  readonly statements: readonly SharedStatement[];
}

export interface SharedStatement {
  /** Its beginning, at most 2,000 characters. */
  readonly sql: string;
  /** It belongs to the one before it, which is the one to show first: `\d` gives indexes beside the columns. */
  readonly aside?: true;
  readonly elapsedMs: number;
  readonly outcome:
    | { readonly kind: 'done'; readonly tag: string }
    | {
        readonly kind: 'failed';
        readonly error: PgErrorFields;
        readonly at?: { readonly start: number; readonly end: number };
      }
    /** The session ended under it. */
    | { readonly kind: 'lost'; readonly message: string };
  readonly result?: SharedResult;
  readonly notices: readonly PgErrorFields[];
}

export interface SharedResult {
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly oid: number;
  }[];
  /** The first of them; null is NULL. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** How many the runner got. */
  readonly rowCount: number;
}
