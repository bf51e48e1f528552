import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PgClient } from '../client';
import { startPostgres, type TestServer } from '../testing/postgres-server';
import { answerMetaCommand } from './meta-commands';

let server: TestServer;
let client: PgClient;

beforeAll(async () => {
  server = await startPostgres();
  client = await server.client();
  await client.simple(`
    create schema shop;
    create type shop.mood as enum ('sad', 'it''s fine');
    create domain shop.price as numeric(10,2) check (value >= 0);
    create table customers (id int primary key, name text not null default 'x''y', born date);
    create table "Odd ""name.x" ();
    create table orders (
      id bigint generated always as identity primary key,
      customer int not null references customers on delete cascade,
      total numeric(10,2) check (total > 0),
      doubled numeric generated always as (total * 2) stored,
      code text collate "C" unique
    );
    create index orders_customer on orders (customer, lower(code));
    create function touch() returns trigger language plpgsql as $$ begin
  return new;
end $$;
    create trigger touched before update on orders for each row execute function touch();
    alter table orders enable row level security;
    create policy mine on orders for select using (total < 100);
    create view cheap as select * from orders where total < 10;
    create materialized view counts as select count(*) from orders;
    create sequence ticket;
    create table parts (at date) partition by range (at);
    create table parts_2024 partition of parts for values from ('2024-01-01') to ('2025-01-01');
    create table shop.goods (id int, price shop.price, mood shop.mood);
    create function add(a int, b int) returns int language sql as 'select a + b';
    create procedure shop.restock() language sql as '';
    comment on table customers is 'who buys';
  `);
});
afterAll(async () => {
  client.end();
  await server.stop();
});

interface Result {
  readonly heading: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** What a command shows, empty results that are left out apart. */
async function show(line: string): Promise<Result[]> {
  let answer = answerMetaCommand(line);
  while (answer.kind === 'lookup') answer = answer.next((await client.query(answer.sql)).rows);
  if (answer.kind !== 'queries') throw new Error(`${line}: ${answer.kind}: ${answer.text}`);
  const results: Result[] = [];
  for (const { heading, sql, whenEmpty } of answer.queries) {
    const { fields, rows } = await client.query(sql);
    if (rows.length === 0 && whenEmpty.kind === 'leave-out') continue;
    results.push({ heading, columns: fields.map(({ name }) => name), rows });
  }
  return results;
}

const names = async (line: string, column = 1) =>
  (await show(line))[0]?.rows.map((row) => row[column]);

test('\\d describes a table in a result for each of its parts', async () => {
  const results = await show('\\d orders');
  expect(results.map(({ heading }) => heading)).toEqual([
    'Columns of table public.orders',
    'Indexes of table public.orders',
    'Constraints of table public.orders',
    'Foreign keys of table public.orders',
    'Triggers of table public.orders',
    'Policies of table public.orders',
  ]);
  expect(results[0]?.columns).toEqual(['Column', 'Type', 'Collation', 'Nullable', 'Default']);
  expect(results[0]?.rows).toEqual([
    ['id', 'bigint', null, 'not null', 'generated always as identity'],
    ['customer', 'integer', null, 'not null', null],
    ['total', 'numeric(10,2)', null, '', null],
    ['doubled', 'numeric', null, '', 'generated always as (total * 2::numeric) stored'],
    ['code', 'text', 'C', '', null],
  ]);
  expect(results[1]?.rows[0]).toEqual(['orders_pkey', 'primary key', 'btree (id)', '']);
  expect(results[3]?.rows).toEqual([
    [
      'orders_customer_fkey',
      'customers',
      'FOREIGN KEY (customer) REFERENCES customers(id) ON DELETE CASCADE',
    ],
  ]);
  const [customers] = (await show('\\d+ customers')).filter(({ heading }) =>
    heading.startsWith('Foreign keys to'),
  );
  expect(customers?.rows[0]?.[0]).toBe('orders');
});

test('\\d of several says whose each row is; \\d+ tells more', async () => {
  const [all] = await show('\\d+ c*s');
  expect(all?.columns).toContain('Relation');
  expect(new Set(all?.rows.map(([relation]) => relation))).toEqual(
    new Set(['customers', 'counts']),
  );
  expect(all?.columns).toContain('Storage');
  // What fits is a table and its index, which is told beside the table.
  expect((await show('\\d customers*'))[0]?.heading).toBe('Columns of table public.customers');
});

test.each([
  ['\\d cheap', 'Columns of view public.cheap'],
  ['\\d orders_customer', 'Columns of index public.orders_customer'],
  ['\\d ticket', 'Settings of sequence public.ticket'],
  ['\\d parts', 'Columns of partitioned table public.parts'],
  ['\\d shop.goods', 'Columns of table shop.goods'],
  ['\\d "Odd ""name.x"', 'Columns of table public."Odd ""name.x"'],
  ['\\d pg_class', 'Columns of table pg_catalog.pg_class'],
])('%s', async (line, heading) => {
  expect((await show(line))[0]?.heading).toBe(heading);
});

test('a table without columns is one all the same', async () => {
  expect((await show('\\d "Odd ""name.x"'))[0]?.rows).toEqual([]);
});

test('listings show what fits and nothing of PostgreSQL’s own', async () => {
  expect(await names('\\dt')).toEqual([
    'Odd "name.x',
    'customers',
    'orders',
    'parts',
    'parts_2024',
  ]);
  expect(await names('\\dt *.goods')).toEqual(['goods']);
  expect(await names('\\dt o*')).toEqual(['orders']);
  expect(await names('\\dt "O*"')).toEqual([]);
  expect(await names('\\dv')).toEqual(['cheap']);
  expect(await names('\\dm')).toEqual(['counts']);
  expect(await names('\\ds')).toEqual(['orders_id_seq', 'ticket']);
  expect(await names('\\di orders*')).toEqual([
    'orders_code_key',
    'orders_customer',
    'orders_pkey',
  ]);
  expect(await names('\\dtS pg_class')).toEqual(['pg_class']);
  expect(await names('\\df')).toEqual(['add', 'touch']);
  expect(await names('\\dfp *.*restock')).toEqual(['restock']);
  expect(await names('\\dn', 0)).toEqual(['public', 'shop']);
  expect(await names('\\du', 0)).toEqual(['postgres']);
  expect(await names('\\dx', 0)).toEqual(['plpgsql']);
  expect(await names('\\l', 0)).toEqual(['postgres', 'template0', 'template1']);
  const [types] = await show('\\dT shop.*');
  expect(types?.rows.map((row) => row.slice(0, 3))).toEqual([
    ['shop', 'shop.mood', "sad, it's fine"],
    ['shop', 'shop.price', null],
  ]);
});

test.each([
  '\\d',
  '\\d+',
  '\\dS+',
  '\\dt+',
  '\\dtv+',
  '\\di+',
  '\\ds+',
  '\\dm+',
  '\\dE',
  '\\df+',
  '\\dfant',
  '\\dT+',
  '\\dn+',
  '\\du+',
  '\\dx+',
  '\\l+',
  '\\d+ cheap',
  '\\d+ orders_customer',
  '\\d+ parts*',
  '\\dt postgres.public.o*',
  '\\conninfo',
  '\\?',
])('%s runs', async (line) => {
  const [first] = await show(line);
  expect(first?.columns.length).toBeGreaterThan(0);
});

test('\\sf and \\sv show the source, a row for each line', async () => {
  const [source] = await show('\\sf touch');
  expect(source?.rows.map(([line]) => line)).toContain('  return new;');
  expect((await show('\\sf add(integer, integer);'))[0]?.rows.flat().join('\n')).toContain('a + b');
  expect((await show('\\sv cheap'))[0]?.rows[0]?.[0]).toBe('CREATE OR REPLACE VIEW cheap AS');
});

test('what does not exist is told', async () => {
  await expect(show('\\d nosuch')).rejects.toThrow('Did not find any relation named "nosuch".');
  await expect(show('\\sf nosuch')).rejects.toThrow('function "nosuch" does not exist');
});

test.each([
  "'; drop table customers; --",
  '"; drop table customers; --',
  "\\'",
  '(',
  '[',
  '{9',
  '\\',
  "E'",
  '%',
  '💥',
])('the hostile pattern %j finds nothing and does nothing', async (pattern) => {
  for (const settings of ['on', 'off']) {
    await client.simple(
      `set standard_conforming_strings = ${settings}; set escape_string_warning = off`,
    );
    for (const command of ['\\dt', '\\df', '\\dT', '\\du']) {
      const answer = answerMetaCommand(`${command} "${pattern.replaceAll('"', '""')}"`);
      if (answer.kind !== 'queries') throw new Error(answer.kind);
      expect((await client.query(answer.queries[0]?.sql ?? '')).rows).toEqual([]);
    }
  }
  await client.simple('reset all');
  expect(await names('\\dt customers')).toEqual(['customers']);
});
