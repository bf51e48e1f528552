import type { RowLimits } from './backend-reader';
import type { PgErrorFields } from './errors';
import type { Turn, TurnEvent } from './turn';

/** What a request is told while it is answered; how it ends is told by `settle`. */
export type AnswerEvent = Exclude<TurnEvent, { type: 'copy-in' | 'failed' | 'over' | 'violation' }>;

/** A request on its way through a connection: sent in order, answered in order. */
export interface Request {
  /** True when nothing may be sent after it until it is over, as it may start a COPY. */
  readonly alone: boolean;
  readonly limits: RowLimits;
  /** Where the turn begins: a prepared statement's columns are known before. */
  readonly firstTurn: Turn;
  /** The bytes to send; called when its turn to be sent has come. */
  encode(): Uint8Array;
  /** A promise holds back everything that follows, up to the sender at the far end. */
  answer(event: AnswerEvent): void | Promise<void>;
  /** The server waits for the data of a COPY; it must be given or, with `refuse`, denied. */
  copyIn(refuse: boolean): void;
  notice(notice: PgErrorFields): void;
  /** The end, once: without an error when the server completed everything. */
  settle(error?: unknown): void;
}
