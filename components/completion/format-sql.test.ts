import { expect, test } from 'vitest';
import { formatSql } from './format-sql';

test('a query is laid out, and what it says stays', async () => {
  const made = await formatSql("select a,b from t where x=1 and y = :name and z->>'k' = $1");
  expect(made.kind).toBe('formatted');
  const text = made.kind === 'formatted' ? made.text : '';
  expect(text).toContain('\n');
  expect(text).toContain(':name');
  expect(text).toContain('$1');
  expect(await formatSql(text)).toEqual({ kind: 'unchanged' });
});

test("PostgreSQL's own syntax survives", async () => {
  const made = await formatSql(
    `create function f() returns int language plpgsql as $x$ begin return 1; end $x$; select '{1,2}'::int[] @> array[1], a #>> '{b}' from only "T" -- note`,
  );
  const text = made.kind === 'formatted' ? made.text : '';
  for (const part of ['$x$ begin return 1; end $x$', '::int[]', '@>', '#>>', '"T"', '-- note']) {
    expect(text).toContain(part);
  }
});

test('what cannot be read is left, with the place', async () => {
  const made = await formatSql("select 'open");
  expect(made).toMatchObject({ kind: 'failed', message: expect.stringMatching(/line 1/) });
});

test('nothing is nothing, and too much is told', async () => {
  expect(await formatSql('  \n')).toEqual({ kind: 'unchanged' });
  expect((await formatSql('select 1;\n'.repeat(30_000))).kind).toBe('failed');
});
