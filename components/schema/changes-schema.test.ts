import { expect, test } from 'vitest';
import { changesSchema } from './changes-schema';

test.each([
  'CREATE TABLE',
  'ALTER TABLE',
  'DROP VIEW',
  'COMMENT',
  'GRANT',
  'IMPORT FOREIGN SCHEMA',
  'DO',
  'COMMIT',
])('%s changes what the catalogue shows', (tag) => expect(changesSchema(tag)).toBe(true));

test.each(['SELECT 5', 'INSERT 0 1', 'UPDATE 3', 'BEGIN', 'SET', ''])('%s does not', (tag) =>
  expect(changesSchema(tag, 'select 1')).toBe(false),
);

test('tables made by a query are told by its text', () => {
  expect(changesSchema('SELECT 5', '-- x\ncreate table t as select 1')).toBe(true);
  expect(changesSchema('SELECT 5', 'select 1 INTO t')).toBe(true);
  expect(changesSchema('SELECT 5', 'select \'into\' as "into"')).toBe(false);
});
