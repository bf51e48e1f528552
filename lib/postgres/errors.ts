import type { ReasonCode } from '../mux/reason';

/** All fields PostgreSQL may send with an error or a notice; those it left out are absent. */
export interface PgErrorFields {
  /** ERROR, FATAL or PANIC; WARNING, NOTICE, DEBUG, INFO or LOG. Never translated. */
  readonly severity: string;
  /** SQLSTATE, five characters. */
  readonly code: string;
  readonly message: string;
  readonly detail?: string;
  readonly hint?: string;
  /** Where in the query: characters (code points) from 1. `errorOffset` turns it into an index. */
  readonly position?: number;
  /** Where in `internalQuery`, likewise. */
  readonly internalPosition?: number;
  /** The text of a command PostgreSQL itself had generated. */
  readonly internalQuery?: string;
  /** The call stack of functions, one a line. */
  readonly where?: string;
  readonly schema?: string;
  readonly table?: string;
  readonly column?: string;
  readonly dataType?: string;
  readonly constraint?: string;
  /** The place in PostgreSQL's own source. */
  readonly file?: string;
  readonly line?: number;
  readonly routine?: string;
}

/** An error PostgreSQL reported. The connection goes on, unless the severity is FATAL or PANIC. */
export class PgError extends Error implements PgErrorFields {
  override readonly name = 'PgError';
  declare readonly severity: string;
  declare readonly code: string;
  declare readonly detail?: string;
  declare readonly hint?: string;
  declare readonly position?: number;
  declare readonly internalPosition?: number;
  declare readonly internalQuery?: string;
  declare readonly where?: string;
  declare readonly schema?: string;
  declare readonly table?: string;
  declare readonly column?: string;
  declare readonly dataType?: string;
  declare readonly constraint?: string;
  declare readonly file?: string;
  declare readonly line?: number;
  declare readonly routine?: string;

  constructor(fields: PgErrorFields) {
    super(fields.message);
    Object.assign(this, fields);
  }

  /** True when PostgreSQL ends the session after it. */
  get fatal(): boolean {
    return this.severity === 'FATAL' || this.severity === 'PANIC';
  }
}

/** Why a connection is unusable: a reason of the stream under it, or what the client found itself. */
export type PgConnectionErrorCode =
  | ReasonCode
  | 'server-closed'
  | 'closed'
  | 'aborted'
  | 'malformed'
  | 'message-too-large'
  | 'authentication-unsupported'
  | 'authentication-failed';

const UNKNOWN_OUTCOME = 'Whether the last statement took effect is not known.';

const SENTENCES: Record<PgConnectionErrorCode, string> = {
  ok: 'The connection was closed on purpose.',
  'protocol-error': `The connection was cut because a rule of the tunnel was broken. ${UNKNOWN_OUTCOME}`,
  'too-many-streams': 'Too many connections are open to this machine. Close one and try again.',
  refused: 'The machine refused the connection.',
  unreachable: 'The database is not there: its machine is off, restarting, or its tab is closed.',
  'data-after-end': `The connection was cut because a rule of the tunnel was broken. ${UNKNOWN_OUTCOME}`,
  'credit-exceeded': `The connection was cut because a rule of the tunnel was broken. ${UNKNOWN_OUTCOME}`,
  'credit-overflow': `The connection was cut because a rule of the tunnel was broken. ${UNKNOWN_OUTCOME}`,
  'link-lost': `The connection to the database was cut on its way. ${UNKNOWN_OUTCOME}`,
  revoked: 'The link was revoked, or its role was taken away. Ask the owner for a new one.',
  replaced: `Another tab became the host of this playground. ${UNKNOWN_OUTCOME}`,
  timeout: `The connection passed a limit in time. ${UNKNOWN_OUTCOME}`,
  'too-large': `The connection passed a limit in size. ${UNKNOWN_OUTCOME}`,
  restored: 'The machine was restored from a saved state; connections from before are gone.',
  'shutting-down': `The server is going away. Try again in a moment. ${UNKNOWN_OUTCOME}`,
  version: 'The two ends speak different versions. Reload the page.',
  internal: `A fault in Warren cut the connection. ${UNKNOWN_OUTCOME}`,
  'unknown-kind': 'The other end does not offer PostgreSQL connections.',
  busy: 'A limit in number or rate was passed. Try again later.',
  'server-closed': `PostgreSQL closed the connection without saying why. ${UNKNOWN_OUTCOME}`,
  closed: 'The connection is closed.',
  aborted: 'The connection was given up before it was ready.',
  malformed: `What came from the database breaks PostgreSQL's protocol. ${UNKNOWN_OUTCOME}`,
  'message-too-large': `The database sent a row that is too large to show, so the connection was cut. ${UNKNOWN_OUTCOME} Select fewer or shorter values, e.g. with left() or length().`,
  'authentication-unsupported': 'The database asks for a way to log in that is not supported.',
  'authentication-failed': 'The database could not prove that it knows the password.',
};

/** The connection is gone, and with it the session: its settings, locks and open transaction. */
export class PgConnectionError extends Error {
  override readonly name = 'PgConnectionError';
  readonly code: PgConnectionErrorCode;
  /** What exactly happened, for the log; may be empty. */
  readonly detail: string;

  /** The message is a sentence or two for a person: what happened, and what it means. */
  constructor(code: PgConnectionErrorCode, detail = '', cause?: unknown) {
    super(SENTENCES[code], { cause });
    this.code = code;
    this.detail = detail;
  }
}
