import { describe, expect, it } from 'vitest';
import {
  encodeAuthenticationSasl,
  encodeAuthenticationSaslContinue,
  encodeAuthenticationSaslFinal,
  encodeBackendKeyData,
  encodeErrorResponse,
} from './backend-encoders';
import type { BackendMessage } from './backend-messages';
import { BackendReader } from './backend-reader';
import { MessageWriter } from './message-writer';
import {
  authenticationOk,
  bare,
  commandComplete,
  copyResponse,
  errorOrNotice,
  parameterStatus,
  raw,
  readyForQuery,
  rowDescription,
} from './testing/backend';
import { splits } from './testing/split';

function read(chunks: Uint8Array[]): BackendMessage[] {
  const reader = new BackendReader();
  const messages: BackendMessage[] = [];
  for (const chunk of chunks) {
    reader.push(chunk);
    for (let message = reader.next(); message; message = reader.next()) messages.push(message);
  }
  return messages;
}

const FIELD = {
  tableOid: 16_384,
  columnNumber: 1,
  typeOid: 25,
  typeSize: -1,
  typeModifier: -1,
  format: 'text',
};

const ALL_ERROR_FIELDS = {
  S: 'FEHLER',
  V: 'ERROR',
  C: '23505',
  M: 'doppelter Schlüssel',
  D: 'Detail',
  H: 'Hinweis',
  P: '12',
  p: '3',
  q: 'select 1',
  W: 'PL/pgSQL function f() line 2',
  s: 'public',
  t: 'users',
  c: 'email',
  d: 'citext',
  n: 'users_email_key',
  F: 'nbtinsert.c',
  L: '666',
  R: '_bt_check_unique',
  '?': 'a field of a later version',
};

const MESSAGES: [string, Uint8Array, BackendMessage][] = [
  ['AuthenticationOk', authenticationOk(), { type: 'authentication', request: { kind: 'ok' } }],
  [
    'AuthenticationSASL',
    encodeAuthenticationSasl(['SCRAM-SHA-256-PLUS', 'SCRAM-SHA-256']),
    {
      type: 'authentication',
      request: { kind: 'sasl', mechanisms: ['SCRAM-SHA-256-PLUS', 'SCRAM-SHA-256'] },
    },
  ],
  [
    'AuthenticationSASLContinue',
    encodeAuthenticationSaslContinue('r=abc'),
    { type: 'authentication', request: { kind: 'sasl-continue', data: 'r=abc' } },
  ],
  [
    'AuthenticationSASLFinal',
    encodeAuthenticationSaslFinal('v=abc'),
    { type: 'authentication', request: { kind: 'sasl-final', data: 'v=abc' } },
  ],
  [
    'AuthenticationMD5Password',
    raw('R', 12, 0, 0, 0, 5, 1, 2, 3, 4),
    { type: 'authentication', request: { kind: 'other', number: 5 } },
  ],
  [
    'BackendKeyData',
    encodeBackendKeyData({ processId: 7, secretKey: Uint8Array.of(1, 2, 3, 4) }),
    { type: 'backend-key', key: { processId: 7, secretKey: Uint8Array.of(1, 2, 3, 4) } },
  ],
  [
    'ParameterStatus',
    parameterStatus('TimeZone', 'Europe/Berlin'),
    { type: 'parameter-status', name: 'TimeZone', value: 'Europe/Berlin' },
  ],
  ['ReadyForQuery idle', readyForQuery('I'), { type: 'ready', status: 'idle' }],
  ['ReadyForQuery in a block', readyForQuery('T'), { type: 'ready', status: 'transaction' }],
  ['ReadyForQuery in a failed block', readyForQuery('E'), { type: 'ready', status: 'failed' }],
  [
    'RowDescription',
    rowDescription('a', 'ü', ''),
    {
      type: 'row-description',
      fields: ['a', 'ü', ''].map((name) => ({ name, ...FIELD })),
    } as BackendMessage,
  ],
  ['RowDescription without columns', rowDescription(), { type: 'row-description', fields: [] }],
  [
    'ParameterDescription',
    new MessageWriter().begin('t').int16(2).int32(23).int32(-1).end().take(),
    { type: 'parameter-description', typeOids: [23, 4_294_967_295] },
  ],
  [
    'CommandComplete',
    commandComplete('INSERT 0 3'),
    { type: 'command-complete', tag: 'INSERT 0 3', discarded: { rows: 0, bytes: 0 } },
  ],
  [
    'ErrorResponse with all fields',
    errorOrNotice('E', ALL_ERROR_FIELDS),
    {
      type: 'error',
      fields: {
        severity: 'ERROR',
        code: '23505',
        message: 'doppelter Schlüssel',
        detail: 'Detail',
        hint: 'Hinweis',
        position: 12,
        internalPosition: 3,
        internalQuery: 'select 1',
        where: 'PL/pgSQL function f() line 2',
        schema: 'public',
        table: 'users',
        column: 'email',
        dataType: 'citext',
        constraint: 'users_email_key',
        file: 'nbtinsert.c',
        line: 666,
        routine: '_bt_check_unique',
      },
    },
  ],
  [
    'ErrorResponse of the relay',
    encodeErrorResponse({ severity: 'FATAL', code: '57P01', message: 'gone\0!', hint: 'wait' }),
    {
      type: 'error',
      fields: { severity: 'FATAL', code: '57P01', message: 'gone !', hint: 'wait' },
    },
  ],
  [
    'NoticeResponse of an old server',
    errorOrNotice('N', { S: 'WARNING', M: 'careful', P: 'x' }),
    { type: 'notice', fields: { severity: 'WARNING', code: 'XX000', message: 'careful' } },
  ],
  [
    'NotificationResponse',
    new MessageWriter().begin('A').int32(7).cstring('channel').cstring('payload').end().take(),
    {
      type: 'notification',
      notification: { processId: 7, channel: 'channel', payload: 'payload' },
    },
  ],
  ['CopyInResponse', copyResponse('G', 2), { type: 'copy-in', binary: false, columns: 2 }],
  ['CopyOutResponse', copyResponse('H', 0), { type: 'copy-out', binary: false, columns: 0 }],
  ['CopyDone', bare('c'), { type: 'copy-done' }],
  ['EmptyQueryResponse', bare('I'), { type: 'empty-query' }],
  ['NoData', bare('n'), { type: 'no-data' }],
  ['ParseComplete', bare('1'), { type: 'parse-complete' }],
  ['BindComplete', bare('2'), { type: 'bind-complete' }],
  ['CloseComplete', bare('3'), { type: 'close-complete' }],
];

describe('a message of the server', () => {
  it.each(MESSAGES)('%s is read however it is split', (_name, bytes, message) => {
    for (const chunks of splits(bytes)) expect(read(chunks)).toEqual([message]);
  });

  it('keeps no view into the chunk it came in', () => {
    const bytes = Buffer.from(
      encodeBackendKeyData({ processId: 7, secretKey: Uint8Array.of(1, 2, 3, 4) }),
    );
    const [message] = read([bytes]);
    bytes.fill(0);
    expect(message).toMatchObject({ key: { secretKey: Uint8Array.of(1, 2, 3, 4) } });
  });
});

describe('a broken message is a violation', () => {
  it.each<[string, Uint8Array]>([
    ['a length of 0', raw('Z', 0)],
    ['a length of 3', raw('Z', 3)],
    ['an unknown type', raw('!', 4)],
    ['CopyBothResponse', copyBoth()],
    ['an unknown status', raw('Z', 5, 0x58)],
    ['a status and more', raw('Z', 6, 0x49, 0)],
    ['a text without its NUL', raw('S', 6, 0x61, 0x62)],
    ['a tag without its NUL', raw('C', 5, 0x61)],
    ['a tag of nothing', raw('C', 4)],
    ['an error without end', raw('E', 7, 0x4d, 0x61, 0)],
    ['a negative count of columns', raw('T', 6, 255, 255)],
    ['fewer columns than counted', raw('T', 6, 0, 9)],
    ['an authentication without number', raw('R', 6, 0, 0)],
    ['a row shorter than its count', raw('D', 5, 0)],
    ['a row with fewer cells than counted', raw('D', 6, 0, 1)],
    ['a row with a cell beyond its end', raw('D', 11, 0, 1, 0, 0, 0, 2, 1)],
    ['a row with bytes after its cells', raw('D', 7, 0, 0, 1)],
    ['a row of -1 cells', raw('D', 6, 255, 255)],
  ])('%s', (_name, bytes) => {
    for (const chunks of splits(bytes)) {
      const messages = read([...chunks, readyForQuery()]);
      expect(messages).toMatchObject([{ type: 'violation', code: 'malformed' }]);
    }
  });
});

function copyBoth(): Uint8Array {
  const bytes = copyResponse('G', 1);
  bytes[0] = 'W'.charCodeAt(0);
  return bytes;
}
