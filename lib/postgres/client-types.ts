import type { Field } from './backend-messages';
import type { RowLimits } from './backend-reader';
import type { CopySource } from './copy-source';
import type { PgErrorFields } from './errors';
import type { RowBatch } from './row-batch';
import type { StatementResult } from './turn';

export interface ConnectOptions {
  readonly user: string;
  readonly database: string;
  /** Used only if the server asks for SCRAM; ASCII. */
  readonly password?: string;
  readonly applicationName?: string;
  /** Further run-time parameters, e.g. `{ search_path: 'app' }`. */
  readonly options?: Readonly<Record<string, string>>;
  /** The longest message taken in, in bytes; 64 MB unless given. */
  readonly maxMessageBytes?: number;
  /**
   * The stream is a session that was logged in before and goes on (rule G1 of docs/protocol.md): nothing of the above is
   * said again, and what the server told then (`parameters`, `key`) is not known.
   */
  readonly isResumed?: boolean;
  /** Gives up while the connection is not ready yet. */
  readonly signal?: AbortSignal;
}

/** Told while a script runs. A promise returned by `rows` or `copyOut` holds the server back. */
export interface ScriptHandlers {
  /** A statement that returns rows begins; `statement` counts from 0. */
  fields?(fields: readonly Field[], statement: number): void;
  rows?(batch: RowBatch, statement: number): void | Promise<void>;
  /** A statement is complete. An empty script has one with an empty tag. */
  complete?(result: StatementResult, statement: number): void;
  /** A chunk of COPY TO STDOUT, cut anywhere. */
  copyOut?(chunk: Uint8Array, statement: number): void | Promise<void>;
  /** The data for a COPY FROM STDIN; without it, that statement fails. */
  copyIn?(statement: number): CopySource;
  notice?(notice: PgErrorFields): void;
}

export interface QueryOptions extends Partial<RowLimits> {
  /** Types of the parameters by OID; 0 or absent lets the server infer. */
  readonly parameterTypes?: readonly number[];
}

export type Cell = string | null;

export interface QueryResult<Row> extends StatementResult {
  readonly fields: readonly Field[];
  /** All values are PostgreSQL's text output. */
  readonly rows: Row[];
}

/** A statement prepared under a name. */
export interface PreparedStatement {
  readonly name: string;
  readonly sql: string;
  readonly parameterTypes: readonly number[];
  /** False for a statement without a result; a result may have no columns. */
  readonly returnsRows: boolean;
  readonly fields: readonly Field[];
}
