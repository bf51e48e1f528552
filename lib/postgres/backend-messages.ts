import { decodeText } from './decode-text';
import type { PgErrorFields } from './errors';
import type { RowBatch } from './row-batch';
import type { BackendKey } from './startup-encoders';

/** What ReadyForQuery says: outside a transaction, inside one, inside one that failed. */
export type TransactionStatus = 'idle' | 'transaction' | 'failed';

/** A column of a result. */
export interface Field {
  readonly name: string;
  /** The table the column comes from; 0 for an expression. */
  readonly tableOid: number;
  /** The column's number in that table; 0 for an expression. */
  readonly columnNumber: number;
  readonly typeOid: number;
  /** Bytes; negative for types of variable size. */
  readonly typeSize: number;
  readonly typeModifier: number;
  readonly format: 'text' | 'binary';
}

/** What was thrown away of a result because it passed the limits. */
export interface Discarded {
  readonly rows: number;
  readonly bytes: number;
}

export interface Notification {
  readonly processId: number;
  readonly channel: string;
  readonly payload: string;
}

export type AuthenticationRequest =
  | { readonly kind: 'ok' }
  | { readonly kind: 'sasl'; readonly mechanisms: readonly string[] }
  | { readonly kind: 'sasl-continue' | 'sasl-final'; readonly data: string }
  | { readonly kind: 'other'; readonly number: number };

/** A message of the server; runs of DataRow and CopyData come as one. */
export type BackendMessage =
  | { readonly type: 'authentication'; readonly request: AuthenticationRequest }
  | { readonly type: 'parameter-status'; readonly name: string; readonly value: string }
  | { readonly type: 'backend-key'; readonly key: BackendKey }
  | { readonly type: 'ready'; readonly status: TransactionStatus }
  | { readonly type: 'row-description'; readonly fields: readonly Field[] }
  | { readonly type: 'parameter-description'; readonly typeOids: readonly number[] }
  | { readonly type: 'rows'; readonly batch: RowBatch }
  | { readonly type: 'command-complete'; readonly tag: string; readonly discarded: Discarded }
  | { readonly type: 'error' | 'notice'; readonly fields: PgErrorFields }
  | { readonly type: 'notification'; readonly notification: Notification }
  | { readonly type: 'copy-in' | 'copy-out'; readonly binary: boolean; readonly columns: number }
  | { readonly type: 'copy-data'; readonly chunk: Uint8Array }
  | {
      readonly type:
        | 'copy-done'
        | 'empty-query'
        | 'no-data'
        | 'parse-complete'
        | 'bind-complete'
        | 'close-complete';
    }
  /** The last of all: what came breaks the protocol or a limit. */
  | {
      readonly type: 'violation';
      readonly code: 'malformed' | 'message-too-large';
      readonly detail: string;
    };

/** A cursor over a message's body; passing its end throws RangeError. */
class Body {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  uint8(): number {
    return this.#view.getUint8(this.#at++);
  }

  int16(): number {
    this.#at += 2;
    return this.#view.getInt16(this.#at - 2);
  }

  int32(): number {
    this.#at += 4;
    return this.#view.getInt32(this.#at - 4);
  }

  uint32(): number {
    return this.int32() >>> 0;
  }

  cstring(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    if (end < 0) throw new RangeError('a text without its NUL');
    const text = decodeText(this.#bytes, this.#at, end);
    this.#at = end + 1;
    return text;
  }

  rest(): Uint8Array {
    const rest = new Uint8Array(this.#bytes.subarray(this.#at));
    this.#at = this.#bytes.length;
    return rest;
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw new RangeError('bytes after the message');
  }
}

const PARSERS: Record<string, (body: Body) => BackendMessage> = {
  R: authentication,
  S: (body) => ({ type: 'parameter-status', name: body.cstring(), value: body.cstring() }),
  K: (body) => ({
    type: 'backend-key',
    key: { processId: body.int32(), secretKey: body.rest() },
  }),
  Z: ready,
  T: rowDescription,
  t: parameterDescription,
  E: (body) => ({ type: 'error', fields: errorFields(body) }),
  N: (body) => ({ type: 'notice', fields: errorFields(body) }),
  A: (body) => ({
    type: 'notification',
    notification: { processId: body.int32(), channel: body.cstring(), payload: body.cstring() },
  }),
  G: (body) => copyBegins('copy-in', body),
  H: (body) => copyBegins('copy-out', body),
  c: () => ({ type: 'copy-done' }),
  I: () => ({ type: 'empty-query' }),
  n: () => ({ type: 'no-data' }),
  '1': () => ({ type: 'parse-complete' }),
  '2': () => ({ type: 'bind-complete' }),
  '3': () => ({ type: 'close-complete' }),
};

/**
 * Reads one whole message other than DataRow, CopyData and CommandComplete.
 * Throws RangeError when its layout is broken or its type unknown.
 */
export function parseMessage(type: number, bytes: Uint8Array): BackendMessage {
  const parser = PARSERS[String.fromCharCode(type)];
  if (!parser) throw new RangeError(`unknown message type ${type}`);
  const body = new Body(bytes);
  const message = parser(body);
  body.end();
  return message;
}

function authentication(body: Body): BackendMessage {
  return { type: 'authentication', request: authenticationRequest(body) };
}

function authenticationRequest(body: Body): AuthenticationRequest {
  const number = body.int32();
  if (number === 0) return { kind: 'ok' };
  if (number === 10) {
    const mechanisms: string[] = [];
    for (let name = body.cstring(); name !== ''; name = body.cstring()) mechanisms.push(name);
    return { kind: 'sasl', mechanisms };
  }
  const rest = body.rest();
  if (number !== 11 && number !== 12) return { kind: 'other', number };
  const data = decodeText(rest, 0, rest.length);
  return { kind: number === 11 ? 'sasl-continue' : 'sasl-final', data };
}

const STATUS: Record<number, TransactionStatus> = {
  73: 'idle',
  84: 'transaction',
  69: 'failed',
};

function ready(body: Body): BackendMessage {
  const status = STATUS[body.uint8()];
  if (!status) throw new RangeError('unknown transaction status');
  return { type: 'ready', status };
}

function rowDescription(body: Body): BackendMessage {
  const fields = Array.from({ length: count(body) }, () => ({
    name: body.cstring(),
    tableOid: body.uint32(),
    columnNumber: body.int16(),
    typeOid: body.uint32(),
    typeSize: body.int16(),
    typeModifier: body.int32(),
    format: body.int16() === 1 ? ('binary' as const) : ('text' as const),
  }));
  return { type: 'row-description', fields };
}

function parameterDescription(body: Body): BackendMessage {
  // A statement has up to 65,535 parameters, so this count alone is unsigned.
  const length = body.int16() & 0xffff;
  return { type: 'parameter-description', typeOids: Array.from({ length }, () => body.uint32()) };
}

function copyBegins(type: 'copy-in' | 'copy-out', body: Body): BackendMessage {
  const binary = body.uint8() === 1;
  const columns = count(body);
  for (let i = 0; i < columns; i++) body.int16();
  return { type, binary, columns };
}

function count(body: Body): number {
  const value = body.int16();
  if (value < 0) throw new RangeError('a negative count');
  return value;
}

type TextField = Exclude<
  keyof PgErrorFields,
  'position' | 'internalPosition' | 'line' | 'severity' | 'code' | 'message'
>;

const TEXT_FIELDS: Record<string, TextField> = {
  D: 'detail',
  H: 'hint',
  q: 'internalQuery',
  W: 'where',
  s: 'schema',
  t: 'table',
  c: 'column',
  d: 'dataType',
  n: 'constraint',
  F: 'file',
  R: 'routine',
};

const NUMBER_FIELDS: Record<string, 'position' | 'internalPosition' | 'line'> = {
  P: 'position',
  p: 'internalPosition',
  L: 'line',
};

/** Fields of unknown types are ignored, as the protocol asks. */
function errorFields(body: Body): PgErrorFields {
  const found = new Map<string, string>();
  for (let type = body.uint8(); type !== 0; type = body.uint8()) {
    found.set(String.fromCharCode(type), body.cstring());
  }
  const fields: { -readonly [K in keyof PgErrorFields]: PgErrorFields[K] } = {
    severity: found.get('V') ?? found.get('S') ?? 'ERROR',
    code: found.get('C') ?? 'XX000',
    message: found.get('M') ?? '',
  };
  for (const [type, text] of found) {
    const name = TEXT_FIELDS[type];
    if (name) fields[name] = text;
    const numeric = NUMBER_FIELDS[type];
    if (numeric && /^\d+$/.test(text)) fields[numeric] = Number(text);
  }
  return fields;
}
