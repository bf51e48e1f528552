import { expect, test } from 'vitest';
import { startPostgres } from '@/lib/postgres/testing/postgres-server';
import { BUILT_IN_FUNCTIONS, BUILT_IN_TYPES } from './built-in-functions';

/** The grammar knows them; they are no functions of the catalogue. */
const OF_THE_GRAMMAR = ['coalesce', 'greatest', 'least', 'nullif'];

test('all functions and types that are offered exist', async () => {
  const server = await startPostgres();
  const client = await server.client();
  const { rows } = await client.query('select distinct proname from pg_proc');
  const known = new Set([...OF_THE_GRAMMAR, ...rows.map(([name]) => name)]);
  expect(BUILT_IN_FUNCTIONS.length).toBeGreaterThan(150);
  expect(BUILT_IN_FUNCTIONS.filter(({ name }) => !known.has(name))).toEqual([]);
  const columns = BUILT_IN_TYPES.map((type, index) => `c${index} ${type}`);
  await client.simple(`create table every_type (${columns.join(', ')})`);
  client.end();
  await server.stop();
});
