import type { Reason } from '../../lib/mux/reason';
import { type ErrorMessage, encodeErrorResponse } from '../../lib/postgres/backend-encoders';

/**
 * Every error a Postgres client gets from the relay itself: our code (for tests, log and metrics), the SQLSTATE
 * and sentence on the wire. PostgreSQL's own errors pass through unread.
 */
export const PG_ERRORS = {
  /* What a client sends before it is known */
  'not-postgres': ['08P01', 'this port speaks the PostgreSQL protocol'],
  'startup-length': ['08P01', 'invalid length of startup packet'],
  'startup-layout': ['08P01', 'invalid startup packet layout'],
  'cancel-length': ['08P01', 'invalid length of cancel request packet'],
  'encryption-requested-again': ['08P01', 'encryption was requested twice'],
  'data-after-ssl-request': [
    '08P01',
    'received unencrypted data after SSL request',
    'Either the client has a fault, or somebody in between tampers with the connection.',
  ],
  'plaintext-after-ssl': ['08P01', 'expected a TLS handshake after the SSL request'],
  'alpn-missing': ['08P01', 'a direct TLS connection must ask for the protocol "postgresql"'],
  'tls-failed': ['08006', 'the TLS handshake failed'],
  'tls-required': [
    '28000',
    'this server takes connections from other machines with TLS only',
    'Add sslmode=require to the connection string.',
  ],
  'authentication-timeout': ['57014', 'authentication took too long'],
  'too-many-connections': ['53300', 'too many connections from this address or to this server'],
  'version-unsupported': ['0A000', 'unsupported frontend protocol'],

  /* Routing */
  'sni-foreign': ['08001', 'this server does not serve the host name the client asked for'],
  'sni-malformed': ['08001', 'the host name does not begin with a playground id'],
  'user-missing': ['28000', 'no user name was given'],
  'user-malformed': ['28000', 'the user name must have the form "<link>.<playground>"'],
  'options-malformed': ['08001', 'the options name no valid playground id'],
  'playground-missing': ['08001', 'no playground is named'],
  'playground-disagrees': ['08001', 'host name, user name and options name different playgrounds'],

  /* Authentication */
  'password-expected': ['08P01', 'expected an authentication answer'],
  'password-length': ['08P01', 'invalid length of an authentication answer'],
  'sasl-malformed': ['08P01', 'malformed SCRAM message'],
  'mechanism-unknown': ['08P01', 'the client chose an authentication mechanism not offered'],
  'password-wrong': ['28P01', 'password authentication failed'],
  'link-revoked': ['28000', 'this link was revoked by the owner of the playground'],
  'replication-refused': [
    '42501',
    'permission denied: only the owner link may open a replication connection',
  ],
  'server-unavailable': ['57P03', 'the server cannot check this link now; try again in a moment'],

  /* The way to the machine */
  'playground-full': ['53300', 'too many people are connected to this playground'],
  'host-absent': [
    '57P03',
    "the playground's tab is not open",
    'The database lives in a browser tab of its owner. Open the playground there, then connect again.',
  ],
  'machine-down': [
    '57P03',
    'PostgreSQL is not running in the tab that hosts this playground',
    'The page says what happened and offers to start the machine again.',
  ],
  'machine-silent': ['57P03', 'the machine in the hosting tab does not answer'],
  'machine-busy': ['53300', 'the machine takes no more connections'],
  'backend-fault': ['08P01', 'the database in the hosting tab broke the protocol'],

  /* The end of a session */
  'host-gone': [
    '57P01',
    'the tab hosting this playground has gone: it was closed, reloaded or lost its connection',
    'A transaction that was open is lost. Connect again once the tab is back.',
  ],
  'host-replaced': [
    '57P01',
    'another tab took over hosting this playground',
    'A transaction that was open is lost. Connect again to reach the new tab.',
  ],
  'machine-restored': [
    '57P01',
    'the machine was set back to a saved state',
    'Connect again to reach the restored database.',
  ],
  'session-lost': ['08006', 'the connection to the machine was lost'],
  'session-revoked': ['57P01', 'the link of this connection was revoked'],
  'session-disconnected': ['57P01', 'the owner of the playground closed this connection'],
  'shutting-down': ['57P01', 'the server is restarting', 'Connect again in a few seconds.'],
} as const satisfies Record<string, readonly [sqlState: string, message: string, hint?: string]>;

export type PgErrorCode = keyof typeof PG_ERRORS;

/** An error on its way to a client; `text` replaces the table's sentence where something is to be named. */
export interface PgError {
  readonly code: PgErrorCode;
  readonly text?: string;
}

function pgErrorMessage({ code, text }: PgError): ErrorMessage {
  const [sqlState, message, hint] = PG_ERRORS[code] as readonly [string, string, string?];
  return { severity: 'FATAL', code: sqlState, message: text ?? message, hint };
}

/** The form on the wire: a FATAL ErrorResponse, after which the connection is closed. */
export function encodePgError(error: PgError): Uint8Array {
  return encodeErrorResponse(pgErrorMessage(error));
}

/** What a client is told when the stream to the machine was reset. */
export function pgErrorOfReset({ code, text }: Reason, wasReady: boolean): PgError {
  switch (code) {
    case 'link-lost':
      return { code: 'host-gone' };
    case 'replaced':
      return { code: 'host-replaced' };
    case 'restored':
      return { code: 'machine-restored' };
    case 'revoked':
      return { code: 'session-revoked' };
    case 'shutting-down':
      return { code: 'shutting-down' };
    case 'too-many-streams':
    case 'busy':
      return { code: 'machine-busy' };
    case 'timeout':
      return { code: 'machine-silent' };
    case 'unreachable':
    case 'refused':
      return { code: wasReady ? 'session-lost' : 'machine-down' };
    default:
      return text === ''
        ? { code: 'session-lost' }
        : { code: 'session-lost', text: `${PG_ERRORS['session-lost'][1]}: ${text}` };
  }
}
