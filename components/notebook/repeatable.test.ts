import { expect, test } from 'vitest';
import { isRepeatable } from './repeatable';

test('what reads may be run again for its rows', () => {
  for (const sql of ['select 1', 'TABLE fruit', 'values (1)', 'with a as (select 1) table a']) {
    expect(isRepeatable(sql), sql).toBe(true);
  }
  expect(isRepeatable("select 'insert into' as text -- delete")).toBe(true);
});

test('what writes is not done twice for the sake of a result', () => {
  const writing = [
    'insert into fruit values (1) returning *',
    'with gone as (delete from fruit returning *) select * from gone',
    'select * into copy from fruit',
    "select nextval('s')",
    'select * from fruit for update',
    'explain analyze delete from fruit',
    'begin',
    '',
  ];
  for (const sql of writing) expect(isRepeatable(sql), sql).toBe(false);
});
