import type { PgErrorFields } from '@/lib/postgres/errors';
import type { Span } from '../editor/editor-surface';
import type { Column } from '../results/column';
import type { Rows } from '../results/rows';

/** A run of a cell as the page shows it: all statements of one press of Run. Snapshots are never changed. */
export interface RunView {
  /** Another one for each run of a cell, this page's or a shared one. */
  readonly id: number;
  /** Who ran it; absent for this page's own. */
  readonly by?: string;
  /** Milliseconds since 1970 when it began; absent before. */
  readonly at?: number;
  /** It came with the notebook: at most the first rows are here, and the session was another's. */
  readonly shared: boolean;
  readonly phase: RunPhase;
  /** Those that have begun, in order. */
  readonly statements: readonly StatementView[];
  /** How many the text holds. */
  readonly statementCount: number;
}

export type RunPhase =
  | { readonly kind: 'waiting'; readonly reason: string }
  | { readonly kind: 'running'; readonly since: number }
  | { readonly kind: 'stopping'; readonly since: number }
  | { readonly kind: 'over'; readonly elapsedMs: number }
  /** It never began. */
  | { readonly kind: 'refused'; readonly reason: string };

export interface StatementView {
  /** From 0. */
  readonly number: number;
  readonly sql: string;
  /** It belongs to the one before it, which is the one to show first. */
  readonly aside?: true;
  readonly outcome: Outcome;
  /** Absent when it returns no rows, or none yet. */
  readonly result?: ResultView;
  /** What COPY TO STDOUT wrote: all of it counted, the beginning kept. */
  readonly copied?: { readonly bytes: number; readonly text: string };
  readonly notices: readonly PgErrorFields[];
}

export interface ResultView {
  readonly columns: readonly Column[];
  readonly rows: Rows;
  /** Of the rows kept here, those that had come at this snapshot. */
  readonly rowCount: number;
  /** How many the runner got, when that is more: the rest stayed there. */
  readonly totalRows?: number;
}

export type Outcome =
  | { readonly kind: 'running' }
  | {
      readonly kind: 'done';
      readonly tag: string;
      readonly elapsedMs: number;
      /** Rows beyond what the page keeps. */
      readonly discardedRows: number;
    }
  | { readonly kind: 'failed'; readonly problem: Problem; readonly elapsedMs: number };

/** Why a statement failed. */
export type Problem =
  | { readonly kind: 'postgres'; readonly error: PgErrorFields; readonly place?: Place }
  /** The session ended under it. */
  | { readonly kind: 'connection'; readonly message: string };

/** Where in the editor's text an error lies. Lines and columns count from 1. */
export interface Place {
  readonly span: Span;
  readonly line: number;
  readonly column: number;
}
