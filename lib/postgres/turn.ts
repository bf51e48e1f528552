import type { BackendMessage, Discarded, Field, TransactionStatus } from './backend-messages';
import { PgError } from './errors';
import type { RowBatch } from './row-batch';

/** What a statement came to. */
export interface StatementResult {
  /** The command tag, e.g. `INSERT 0 3`; empty for an empty query. */
  readonly tag: string;
  /** The tag's first words, e.g. `INSERT`, `CREATE TABLE`. */
  readonly command: string;
  /** Rows affected or returned as the tag says; undefined when it holds no count. */
  readonly rowCount: number | undefined;
  /** What passed the limits and was thrown away. */
  readonly discarded: Discarded;
}

/** Something that happened to the request whose turn it is. */
export type TurnEvent =
  | { readonly type: 'fields'; readonly fields: readonly Field[] }
  | { readonly type: 'parameter-types'; readonly typeOids: readonly number[] }
  | { readonly type: 'rows'; readonly batch: RowBatch }
  | { readonly type: 'statement'; readonly result: StatementResult }
  | { readonly type: 'copy-in' }
  | { readonly type: 'copy-data'; readonly chunk: Uint8Array }
  | { readonly type: 'failed'; readonly error: PgError }
  | { readonly type: 'over'; readonly status: TransactionStatus }
  | { readonly type: 'violation'; readonly detail: string };

/** Where the server stands in answering one request, from its first message to ReadyForQuery. */
export type Turn =
  | { readonly stage: 'answering' }
  | { readonly stage: 'in-rows'; readonly columns: number }
  | { readonly stage: 'copying-in' }
  | { readonly stage: 'copying-out' }
  | { readonly stage: 'failed' };

export interface TurnStep {
  readonly turn: Turn;
  /** Absent when the message tells nobody anything. */
  readonly event?: TurnEvent;
}

export const TURN_START: Turn = { stage: 'answering' };

const FAILED: Turn = { stage: 'failed' };

/**
 * What a message means to the request whose turn it is. Notices, notifications and parameters
 * belong to no request and must not come here.
 */
export function takeTurn(turn: Turn, message: BackendMessage): TurnStep {
  switch (message.type) {
    case 'error':
      return { turn: FAILED, event: { type: 'failed', error: new PgError(message.fields) } };
    case 'ready':
      if (turn.stage === 'copying-in' || turn.stage === 'copying-out')
        return outOfPlace(turn, message);
      return { turn: TURN_START, event: { type: 'over', status: message.status } };
    default:
  }
  switch (turn.stage) {
    case 'answering':
      return answering(turn, message);
    case 'in-rows':
      return inRows(turn, message);
    case 'copying-in':
      return message.type === 'command-complete' ? complete(message) : outOfPlace(turn, message);
    case 'copying-out':
      if (message.type === 'copy-data') return { turn, event: message };
      return message.type === 'copy-done' ? { turn: TURN_START } : outOfPlace(turn, message);
    case 'failed':
      return outOfPlace(turn, message);
  }
}

function answering(turn: Turn, message: BackendMessage): TurnStep {
  switch (message.type) {
    case 'parse-complete':
    case 'bind-complete':
    case 'close-complete':
    case 'no-data':
      return { turn };
    case 'parameter-description':
      return { turn, event: { type: 'parameter-types', typeOids: message.typeOids } };
    case 'row-description': {
      const { fields } = message;
      return {
        turn: { stage: 'in-rows', columns: fields.length },
        event: { type: 'fields', fields },
      };
    }
    case 'command-complete':
      return complete(message);
    case 'empty-query':
      return { turn, event: { type: 'statement', result: statementResult('', NONE_DISCARDED) } };
    case 'copy-in':
      return { turn: { stage: 'copying-in' }, event: { type: 'copy-in' } };
    case 'copy-out':
      return { turn: { stage: 'copying-out' } };
    default:
      return outOfPlace(turn, message);
  }
}

function inRows(turn: Turn & { stage: 'in-rows' }, message: BackendMessage): TurnStep {
  if (message.type === 'command-complete') return complete(message);
  if (message.type === 'bind-complete') return { turn };
  if (message.type !== 'rows') return outOfPlace(turn, message);
  if (message.batch.columnCount === turn.columns) return { turn, event: message };
  const detail = `rows of ${message.batch.columnCount} cells under ${turn.columns} columns`;
  return { turn, event: { type: 'violation', detail } };
}

function complete({ tag, discarded }: BackendMessage & { type: 'command-complete' }): TurnStep {
  return {
    turn: TURN_START,
    event: { type: 'statement', result: statementResult(tag, discarded) },
  };
}

const NONE_DISCARDED: Discarded = { rows: 0, bytes: 0 };

/** INSERT's tag has an OID (always 0) before its count. */
function statementResult(tag: string, discarded: Discarded): StatementResult {
  const [, command = tag, count] = /^(.*?)(?: \d+)?(?: (\d+))$/.exec(tag) ?? [];
  return { tag, command, rowCount: count === undefined ? undefined : Number(count), discarded };
}

function outOfPlace(turn: Turn, message: BackendMessage): TurnStep {
  return { turn, event: { type: 'violation', detail: `${message.type} while ${turn.stage}` } };
}
