import { expect, test } from 'vitest';
import { splitScript } from './script';

function parts(script: string): string[] {
  return splitScript(script).map(({ kind, start, end }) => `${kind}: ${script.slice(start, end)}`);
}

const SCRIPTS: readonly (readonly [string, readonly string[]])[] = [
  ['', []],
  ['select 1; select 2', ['sql: select 1', 'sql: select 2']],
  ['\\d', ['meta: \\d']],
  ['  \\dt+ public.*  \nselect 1', ['meta: \\dt+ public.*', 'sql: select 1']],
  ['select 1;\n\\d t\nselect 2;', ['sql: select 1', 'meta: \\d t', 'sql: select 2']],
  ['select 1; \\d t', ['sql: select 1', 'meta: \\d t']],
  ['\\d "it\'s"\nselect 2', ['meta: \\d "it\'s"', 'sql: select 2']],
  ['\\d a;\r\n\\d b;', ['meta: \\d a;', 'meta: \\d b;']],
  // A statement without its semicolon ends at the line of a command.
  ['select 1\n  \\d t\nselect 2', ['sql: select 1', 'meta: \\d t', 'sql: select 2']],
  // Inside of something a backslash is text.
  ["select '\n\\d t\n'", ["sql: select '\n\\d t\n'"]],
  ['select $$\n\\d t\n$$; \\l', ['sql: select $$\n\\d t\n$$', 'meta: \\l']],
  ['select "\n\\d"', ['sql: select "\n\\d"']],
  ['/*\n\\d\n*/ select 1', ['sql: select 1']],
  ['-- \\d\nselect 1', ['sql: select 1']],
  ['select (\n\\d\n)', ['sql: select (\n\\d\n)']],
  [
    'create function f() returns int begin atomic select 1;\n\\d\nend',
    ['sql: create function f() returns int begin atomic select 1;\n\\d\nend'],
  ],
  ['select 1 \\g', ['sql: select 1 \\g']],
];

test.each(SCRIPTS)('%j is split', (script, expected) => {
  expect(parts(script)).toEqual(expected);
});

test('a megabyte of commands is split', () => {
  expect(splitScript('\\d t\n'.repeat(200_000))).toHaveLength(200_000);
});
