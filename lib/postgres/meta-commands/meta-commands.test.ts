import { expect, test } from 'vitest';
import { readCommandLine } from './command-line';
import { literal } from './literal';
import { answerMetaCommand } from './meta-commands';
import { readPattern } from './pattern';

test.each([
  ['\\dt+ a b', 'dt+', ['a', 'b']],
  ['\\d "My Table".x;', 'd', ['"My Table".x']],
  ["\\d 'it''s'", 'd', ["it's"]],
  ['\\d;', 'd', []],
  ['\\d "open', 'd', ['"open']],
  ['\\', '', []],
])('%j is read', (line, name, words) => {
  expect(readCommandLine(line)).toMatchObject({ name, words });
});

test.each([
  ['orders', '^(orders)$', undefined],
  ['Orders', '^(orders)$', undefined],
  ['"Orders"', '^(Orders)$', undefined],
  ['o*_?', '^(o.*_.)$', undefined],
  ['"o*"', '^(o\\*)$', undefined],
  ['public.o*', '^(o.*)$', '^(public)$'],
  ['*.*', undefined, undefined],
  ['"a.b"', '^(a\\.b)$', undefined],
  ['"say ""hi"""', '^(say "hi")$', undefined],
  ['a(b[c|d$', '^(a\\(b\\[c\\|d\\$)$', undefined],
  ['a\\', '^(a\\\\)$', undefined],
])('the pattern %j', (text, name, schema) => {
  expect(readPattern(text)).toMatchObject({ name, schema });
});

test('a pattern has at most a database, a schema and a name', () => {
  expect(readPattern('a.b.c')).toMatchObject({ database: '^(a)$', qualified: true });
  expect(readPattern('a.b.c.d')).toBeUndefined();
  expect(answerMetaCommand('\\d a.b.c.d')).toMatchObject({ kind: 'refused' });
});

test('a literal ends where it is meant to, with and without standard_conforming_strings', () => {
  expect(literal("a'b\\")).toBe("E'a''b\\\\'");
});

test.each(['\\copy t from x', '\\i f.sql', '\\c other', '\\! ls', '\\set a 1', '\\o out', '\\.'])(
  '%j is refused with what to do instead',
  (line) => {
    const answer = answerMetaCommand(line);
    expect(answer).toMatchObject({ kind: 'refused', code: '0A000' });
    expect(answer.kind === 'refused' && answer.hint).toBeTruthy();
  },
);

test.each(['\\timing', '\\timing on', '\\x', '\\q', '\\pset null x'])(
  '%j is answered without a stop',
  (line) => expect(answerMetaCommand(line).kind).toBe('said'),
);

test.each(['\\', '\\nosuch', '\\constructor', '\\__proto__', '\\dt a b'])(
  '%j is refused as a mistake',
  (line) => expect(answerMetaCommand(line)).toMatchObject({ kind: 'refused', code: '42601' }),
);
