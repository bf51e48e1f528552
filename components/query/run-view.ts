import type { PgErrorFields } from '@/lib/postgres/errors';
import type { RowStore } from '@/lib/postgres/row-store';
import type { Span } from '../editor/editor-surface';
import type { Column } from '../results/column';

/** A run as the page shows it: all statements of one press of Run. Snapshots are never changed. */
export interface RunView {
  readonly id: number;
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
  readonly outcome: Outcome;
  /** Absent when it returns no rows, or none yet. */
  readonly result?: ResultView;
  /** What COPY TO STDOUT wrote: all of it counted, the beginning kept. */
  readonly copied?: { readonly bytes: number; readonly text: string };
  readonly notices: readonly PgErrorFields[];
}

export interface ResultView {
  readonly columns: readonly Column[];
  readonly rows: RowStore;
  /** Of the rows in the store, those that had come at this snapshot. */
  readonly rowCount: number;
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
