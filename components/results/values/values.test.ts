import { expect, test } from 'vitest';
import { byteCount, hexLines } from './hex-dump';
import { parseJsonNode } from './json-node';
import { lookAt } from './look-at';

test('json keeps its digits, its order and its double keys', () => {
  expect(parseJsonNode(' {"b": 12345678901234567890.10, "a":[true,null], "b":"x\\ny"} ')).toEqual({
    kind: 'object',
    members: [
      ['b', { kind: 'word', text: '12345678901234567890.10' }],
      [
        'a',
        {
          kind: 'array',
          items: [
            { kind: 'word', text: 'true' },
            { kind: 'word', text: 'null' },
          ],
        },
      ],
      ['b', { kind: 'string', text: 'x\ny' }],
    ],
  });
});

test.each(['', '{', '[1,]', '{"a"}', '{"a":}', '1 2', 'tru', '"\\x"', '[1 2]'])(
  '%s is no json',
  (text) => {
    expect(parseJsonNode(text)).toBeUndefined();
  },
);

test('json too deep or too large for a tree is text', () => {
  expect(parseJsonNode(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toBeUndefined();
  expect(parseJsonNode(`"${'x'.repeat(1_900_000)}"`)).toMatchObject({ kind: 'string' });
  expect(lookAt(`"${'x'.repeat(2_100_000)}"`, 3802)).toEqual({ kind: 'text' });
});

test('bytes are shown 16 a line, in hex and ASCII', () => {
  const text = `\\x${Buffer.from('Hello, bytes!\0\x7fÄ and more').toString('hex')}`;
  expect(byteCount(text)).toBe(26);
  expect(hexLines(text, 4096)).toEqual([
    {
      offset: '000000',
      hex: '48 65 6c 6c 6f 2c 20 62  79 74 65 73 21 00 7f c3',
      ascii: 'Hello, bytes!...',
    },
    { offset: '000010', hex: '84 20 61 6e 64 20 6d 6f  72 65', ascii: '. and more' },
  ]);
  expect(hexLines(text, 3)).toEqual([{ offset: '000000', hex: '48 65 6c', ascii: 'Hel' }]);
  expect(byteCount('\\336\\255')).toBeUndefined();
});

test('a value is looked at as its type has it', () => {
  expect(lookAt(null, 3802)).toEqual({ kind: 'null' });
  expect(lookAt('{1,2}', 1007).kind).toBe('array');
  expect(lookAt('\\x00ff', 17)).toEqual({ kind: 'bytes', bytes: 2 });
  expect(lookAt('2024-01-01 00:00:00+00', 1184).kind).toBe('moment');
  expect(lookAt('2024-01-01 00:00:00', 1114).kind).toBe('text');
  expect(lookAt('{"a":1}', 3802).kind).toBe('json');
  expect(lookAt('{"a":1}', 25).kind).toBe('text');
});
