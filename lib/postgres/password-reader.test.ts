import { describe, expect, it } from 'vitest';
import { encodeSaslInitialResponse, encodeSaslResponse } from './frontend-encoders';
import {
  MAX_PASSWORD_BYTES,
  PasswordReader,
  parseSaslInitialResponse,
  parseSaslResponse,
} from './password-reader';
import { raw } from './testing/backend';
import { join, splits } from './testing/split';

const REST = Uint8Array.of(0x51, 1, 2);

function readFirst(chunks: Uint8Array[]) {
  const reader = new PasswordReader();
  for (const [i, chunk] of chunks.entries()) {
    const { event, rest } = reader.feed(chunk);
    if (event) return { event, rest: [...join(rest, ...chunks.slice(i + 1))] };
    expect(rest.length).toBe(0);
  }
  return undefined;
}

describe('the password reader', () => {
  const response = encodeSaslResponse('c=biws,r=abc,p=xyz');

  it('reads a message however it is split, and leaves the rest', () => {
    for (const chunks of splits(join(response, REST))) {
      const first = readFirst(chunks);
      expect(first?.rest).toEqual([...REST]);
      expect(first?.event).toEqual({ type: 'password', body: response.subarray(5) });
    }
  });

  it('reads one message after another', () => {
    const reader = new PasswordReader();
    const { rest } = reader.feed(join(response, response));
    expect(reader.feed(rest)).toMatchObject({ event: { type: 'password' } });
  });

  it('reads an empty one', () => {
    expect(readFirst([raw('p', 4)])?.event).toMatchObject({ body: new Uint8Array(0) });
  });

  it.each([0, 3, MAX_PASSWORD_BYTES + 5, 2 ** 31, 2 ** 32 - 1])(
    'refuses the length %d at its header',
    (length) => {
      expect(readFirst([raw('p', length)])?.event).toMatchObject({ code: 'password-length' });
    },
  );

  it('takes the longest there may be', () => {
    const body = new Uint8Array(MAX_PASSWORD_BYTES);
    const first = readFirst([raw('p', MAX_PASSWORD_BYTES + 4), body]);
    expect(first?.event).toMatchObject({ type: 'password' });
  });

  it('refuses another message at its first byte, and all that follows', () => {
    const reader = new PasswordReader();
    expect(reader.feed(Uint8Array.of(0x51)).event).toMatchObject({ code: 'password-expected' });
    expect(() => reader.feed(response)).toThrow();
  });
});

describe('SASL bodies', () => {
  it('are read as they were written', () => {
    const initial = encodeSaslInitialResponse('SCRAM-SHA-256', 'n,,n=,r=abc').subarray(5);
    expect(parseSaslInitialResponse(initial)).toEqual({
      mechanism: 'SCRAM-SHA-256',
      response: 'n,,n=,r=abc',
    });
    expect(parseSaslResponse(encodeSaslResponse('c=biws').subarray(5))).toBe('c=biws');
  });

  it('may leave out the first message', () => {
    const body = Uint8Array.of(0x53, 0, 255, 255, 255, 255);
    expect(parseSaslInitialResponse(body)).toEqual({ mechanism: 'S' });
  });

  it.each([
    ['nothing', []],
    ['no NUL', [0x53, 0x54]],
    ['no length', [0x53, 0, 0, 0]],
    ['a length beyond the end', [0x53, 0, 0, 0, 0, 2, 1]],
    ['a length before the end', [0x53, 0, 0, 0, 0, 0, 1]],
    ['a negative length', [0x53, 0, 255, 255, 255, 254]],
  ])('are refused with %s', (_name, body) => {
    expect(parseSaslInitialResponse(Uint8Array.from(body))).toBeUndefined();
  });
});
