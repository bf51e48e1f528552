import { describe, expect, it } from 'vitest';
import { encodeBackendKeyData, encodeErrorResponse } from './backend-encoders';
import { BackendKeyRewriter } from './backend-key-rewriter';
import {
  authenticationOk,
  commandComplete,
  errorOrNotice,
  parameterStatus,
  raw,
  readyForQuery,
} from './testing/backend';
import { join, splits } from './testing/split';

const THEIRS = { processId: 4711, secretKey: Uint8Array.of(9, 8, 7, 6) };
const SHORT = { processId: -5, secretKey: Uint8Array.of(1, 2, 3, 4) };
const LONG = { processId: 5, secretKey: new Uint8Array(32).fill(3) };

const BEFORE = join(
  authenticationOk(),
  parameterStatus('server_version', '17.11'),
  errorOrNotice('N', { S: 'NOTICE', M: 'hello' }),
);
const AFTER = join(parameterStatus('TimeZone', 'UTC'), readyForQuery());
/** A second key message: after ReadyForQuery nothing is looked at any more. */
const LATER = join(encodeBackendKeyData(THEIRS), commandComplete('SELECT 1'));

describe('the key rewriter', () => {
  it.each([
    ['a key of 4 bytes', SHORT],
    ['a key of 32 bytes', LONG],
  ])('puts in %s and keeps the server’s, however the bytes are split', (_name, ours) => {
    const whole = join(BEFORE, encodeBackendKeyData(THEIRS), AFTER, LATER);
    const expected = join(BEFORE, encodeBackendKeyData(ours), AFTER, LATER);
    for (const chunks of splits(whole)) {
      const rewriter = new BackendKeyRewriter(ours);
      expect(join(...chunks.map((chunk) => rewriter.push(chunk)))).toEqual(expected);
      expect(rewriter.serverKey).toEqual(THEIRS);
      expect(rewriter.passing).toBe(true);
      expect(rewriter.fault).toBe('');
    }
  });

  it('hands on later chunks as they are', () => {
    const rewriter = new BackendKeyRewriter(SHORT);
    rewriter.push(AFTER);
    const chunk = Uint8Array.of(1, 2, 3);
    expect(rewriter.push(chunk)).toBe(chunk);
  });

  it('lets an error through that comes instead of a session', () => {
    const error = encodeErrorResponse({ severity: 'FATAL', code: '53300', message: 'too many' });
    const rewriter = new BackendKeyRewriter(SHORT);
    expect(rewriter.push(error)).toEqual(error);
    expect(rewriter.serverKey).toBeUndefined();
    expect(rewriter.passing).toBe(false);
  });

  it('forwards what it can at once: only headers and keys wait', () => {
    const rewriter = new BackendKeyRewriter(SHORT);
    const status = parameterStatus('a', 'b');
    expect(rewriter.push(status.subarray(0, 4)).length).toBe(0);
    expect(rewriter.push(status.subarray(4, 7)).length).toBe(7);
  });

  it.each<[string, Uint8Array]>([
    ['a question for a password in clear', raw('R', 8, 0, 0, 0, 3)],
    ['a question for an MD5 hash', raw('R', 12, 0, 0, 0, 5, 1, 2, 3, 4)],
    ['a SASL question', raw('R', 8, 0, 0, 0, 10)],
    ['a length below 4', raw('S', 3)],
    ['a length of 2³²−1', raw('S', 2 ** 32 - 1)],
    ['a row', raw('D', 6, 0, 0)],
    ['a key without a secret', raw('K', 8, 0, 0, 0, 1)],
    ['a key of 257 bytes', raw('K', 8 + 257)],
    ['an unknown type', raw('!', 4)],
  ])('refuses %s, and forwards nothing from there', (_name, bytes) => {
    for (const chunks of splits(join(BEFORE, bytes, AFTER))) {
      const rewriter = new BackendKeyRewriter(SHORT);
      expect(join(...chunks.map((chunk) => rewriter.push(chunk)))).toEqual(BEFORE);
      expect(rewriter.fault).not.toBe('');
      expect(rewriter.passing).toBe(false);
    }
  });
});
