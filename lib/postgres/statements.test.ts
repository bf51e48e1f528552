import { describe, expect, it } from 'vitest';
import { firstWord, splitStatements } from './statements';

function texts(script: string): string[] {
  return splitStatements(script).map(({ start, end }) => script.slice(start, end));
}

/** Scripts, and what they are split into. */
const SCRIPTS: [string, string[]][] = [
  ['', []],
  [' \n\t', []],
  ['-- only a comment', []],
  ['/* only */ ; ; -- comments', []],
  ['select 1', ['select 1']],
  ['select 1;', ['select 1']],
  [' select 1 ;\n select 2 -- end\n', ['select 1', 'select 2']],
  ["select ';'; select 2", ["select ';'", 'select 2']],
  ["select 'it''s;'; x", ["select 'it''s;'", 'x']],
  ["select '\\'; x", ["select '\\'", 'x']],
  ["select e'\\';'; x", ["select e'\\';'", 'x']],
  ["select E'\\\\'; x", ["select E'\\\\'", 'x']],
  ["select E'a''b\\';c'; x", ["select E'a''b\\';c'", 'x']],
  ["select E'a'\n'\\';'; x", ["select E'a'\n'\\';'", 'x']],
  ["select E'a' -- c'\n  '\\';'; x", ["select E'a' -- c'\n  '\\';'", 'x']],
  ["select E'a' '\\'; x", ["select E'a' '\\'", 'x']],
  ["select 'a'\n'b;'; x", ["select 'a'\n'b;'", 'x']],
  ["select date'2000-01-01;'; x", ["select date'2000-01-01;'", 'x']],
  ["select table_name'\\'; x", ["select table_name'\\'", 'x']],
  ["select U&'\\0061;' uescape '!'; x", ["select U&'\\0061;' uescape '!'", 'x']],
  ['select u&"d\\;""" from t; x', ['select u&"d\\;""" from t', 'x']],
  ['select "a;""b\\"; x', ['select "a;""b\\"', 'x']],
  ["select b'01;', X'1F;', n'a;'; x", ["select b'01;', X'1F;', n'a;'", 'x']],
  ['select $$a;b$$; x', ['select $$a;b$$', 'x']],
  ['select $a$ $$;$b$ ; $a$; x', ['select $a$ $$;$b$ ; $a$', 'x']],
  ['select $ä1$;$ä1$; x', ['select $ä1$;$ä1$', 'x']],
  ['select a$b$c; select $b$', ['select a$b$c', 'select $b$']],
  ['select $1, $2$;$; x', ['select $1, $2$', '$', 'x']],
  ['select $1; x', ['select $1', 'x']],
  ['select 1$a$;$a$; x', ['select 1$a$;$a$', 'x']],
  ['select 1 /* ; /* ; */ ; */ + 2; x', ['select 1 /* ; /* ; */ ; */ + 2', 'x']],
  ['select 1 /* ; ', ['select 1']],
  ["select 'open; x", ["select 'open; x"]],
  ['select $q$open; x', ['select $q$open; x']],
  ['select 1 --; \n; x', ['select 1', 'x']],
  ['select 1 --;\r; x', ['select 1', 'x']],
  ['select 1 @--;\n 2; x', ['select 1 @--;\n 2', 'x']],
  ['select 4/*;*//2; x', ['select 4/*;*//2', 'x']],
  [
    'create rule r as on insert to t do (delete from a; delete from b); x',
    ['create rule r as on insert to t do (delete from a; delete from b)', 'x'],
  ],
  ['select (1; 2); x', ['select (1; 2)', 'x']],
  ['select 1); x', ['select 1)', 'x']],
  [
    'create function f() returns int begin atomic select 1; select case when true then 1 end; end; x',
    [
      'create function f() returns int begin atomic select 1; select case when true then 1 end; end',
      'x',
    ],
  ],
  [
    'CREATE OR REPLACE PROCEDURE p() LANGUAGE sql BEGIN ATOMIC INSERT INTO t VALUES (1); END; x',
    [
      'CREATE OR REPLACE PROCEDURE p() LANGUAGE sql BEGIN ATOMIC INSERT INTO t VALUES (1); END',
      'x',
    ],
  ],
  [
    'create function begin() returns int language sql as $$select 1$$; x',
    ['create function begin() returns int language sql as $$select 1$$', 'x'],
  ],
  ['begin; select 1; end; x', ['begin', 'select 1', 'end', 'x']],
  ['select "😀;" ; select 2', ['select "😀;"', 'select 2']],
  ['select 1;;;select 2', ['select 1', 'select 2']],
];

describe('splitting a script', () => {
  it.each(SCRIPTS)('%j', (script, expected) => {
    expect(texts(script)).toEqual(expected);
  });

  it('says whether a semicolon ends a statement', () => {
    expect(splitStatements(' a ; b ')).toEqual([
      { start: 1, end: 2, terminated: true },
      { start: 5, end: 6, terminated: false },
    ]);
  });

  // Anything worse than linear would go on for minutes, and the runner's limit ends it.
  it.each([
    ['$', 1],
    ['$a', 1],
    ['/*', 0],
    ['--\n', 0],
    ['(', 1],
    ['a', 1],
    ['a;', 500_000],
    [';', 0],
    ['1', 1],
    [' ', 0],
    ["'", 1],
    ["E'\\", 1],
    ["''\n", 1],
    ["''-- ", 1],
  ])('a megabyte of %j is split', (unit, expected) => {
    expect(splitStatements(unit.repeat(1_000_000 / unit.length))).toHaveLength(expected);
  });
});

it.each([
  ['COPY t FROM STDIN', 'copy'],
  [' /* a */ -- b\n ;; Copy t', 'copy'],
  ['(select 1)', ''],
  ['"copy"', ''],
  ['', ''],
])('the first word of %j is %j', (script, word) => expect(firstWord(script)).toBe(word));
