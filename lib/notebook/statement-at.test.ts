import { expect, it } from 'vitest';
import { statementAt } from './statement-at';

/** `|` is the cursor. */
it.each([
  ['select 1; |select 2', 'select 2'],
  ['select 1;| select 2', 'select 1'],
  ['select 1|; select 2', 'select 1'],
  ['sel|ect 1;\n\nselect 2', 'select 1'],
  ['select 1; -- no|te\nselect 2', 'select 1'],
  ['select 1;\n|\nselect 2', 'select 2'],
  ['|\n\nselect 1', 'select 1'],
  ['select 1;\n\n|', 'select 1'],
  ["select ';|'; select 2", "select ';'"],
  ['|', undefined],
  ['-- no|thing', undefined],
])('at %j it is %j', (marked, expected) => {
  const text = marked.replace('|', '');
  const found = statementAt(text, marked.indexOf('|'));
  expect(found && text.slice(found.start, found.end)).toBe(expected);
});
