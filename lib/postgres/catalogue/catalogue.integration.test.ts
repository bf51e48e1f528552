import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PgClient } from '../client';
import { startPostgres, type TestServer } from '../testing/postgres-server';
import { CatalogueReader } from './catalogue-reader';
import { KEYWORDS } from './keywords';
import { quoteIdentifier, quoteQualified } from './quote-identifier';
import type { Catalogue, Relation } from './types';

const ODD = 'Ta"ble ütf 🐇';

let server: TestServer;
let owner: PgClient;

beforeAll(async () => {
  server = await startPostgres();
  const superuser = await server.client();
  await superuser.simple(`
    create role owner superuser login;
    create role viewer login in role pg_read_all_data, pg_read_all_stats;
    create role nobody login;`);
  superuser.end();
  owner = await server.client({ user: 'owner' });
  await owner.simple(`
    create schema "Odd Schema";
    comment on schema "Odd Schema" is 'a comment''s "text"';
    create type mood as enum ('sad', 'it''s "ok"', 'happy');
    create domain positive as integer check (value > 0);
    create table customers (id bigint generated always as identity primary key, email text not null unique,
      mood mood default 'happy', price numeric(10, 2), doubled numeric generated always as (price * 2) stored);
    comment on table customers is 'who buys';
    comment on column customers.email is 'where they read';
    create index on customers (lower(email));
    create table "Odd Schema"."${ODD.replaceAll('"', '""')}" (
      "a b" integer, "select" positive, "C" bigint references customers (id),
      primary key ("select", "a b"));
    create view cheap as select id, price from customers where price < 10;
    create materialized view sums as select count(*) as n from customers;
    create table measured (at date not null, v integer, primary key (at)) partition by range (at);
    create table measured_2026 partition of measured for values from ('2026-01-01') to ('2027-01-01');
    create table notes (at date references measured (at), gone text);
    alter table notes drop column gone;
    create function add_up(a integer, b mood default 'sad') returns integer language sql as 'select a';
    create procedure tidy() language sql as 'select 1';
    insert into customers (email, price) select i || '@x', i from generate_series(1, 500) i;
    analyze customers;`);
});

afterAll(async () => {
  owner?.end();
  await server?.stop();
});

async function readAs(user: string, system = false): Promise<Catalogue> {
  const client = await server.client({ user });
  try {
    return await new CatalogueReader(client).read(system);
  } finally {
    client.end();
  }
}

function relation(catalogue: Catalogue, schema: string, name: string): Relation {
  const found = catalogue.schemas
    .find((entry) => entry.name === schema)
    ?.relations.find((entry) => entry.name === name);
  if (!found) throw new Error(`no ${schema}.${name}`);
  return found;
}

describe.each(['owner', 'viewer', 'nobody'])('the catalogue as %s', (user) => {
  it('has relations of every kind, with columns, keys and indexes', async () => {
    const catalogue = await readAs(user);
    expect(catalogue.role).toBe(user);
    expect(catalogue.database).toBe('postgres');
    expect(catalogue.schemas.map(({ name }) => name)).toEqual(['public', 'Odd Schema']);
    expect(catalogue.schemas[1]?.comment).toBe(`a comment's "text"`);
    expect(catalogue.schemas[0]?.relations.map(({ name, kind }) => [name, kind])).toEqual([
      ['cheap', 'view'],
      ['customers', 'table'],
      ['measured', 'partitioned'],
      ['measured_2026', 'partition'],
      ['notes', 'table'],
      ['sums', 'materialised'],
    ]);
    const customers = relation(catalogue, 'public', 'customers');
    expect(customers).toMatchObject({ comment: 'who buys', rows: 500, ofExtension: false });
    expect(customers.bytes).toBeGreaterThan(8192);
    expect(customers.columns).toEqual([
      column('id', 'bigint', { notNull: true, filled: 'identity' }),
      column('email', 'text', { notNull: true, comment: 'where they read' }),
      column('mood', 'mood', { filled: 'default', expression: "'happy'::public.mood" }),
      column('price', 'numeric(10,2)'),
      column('doubled', 'numeric', {
        filled: 'generated',
        expression: '(price * (2)::numeric)',
      }),
    ]);
    expect(customers.keys).toContainEqual({
      kind: 'primary',
      name: 'customers_pkey',
      columns: ['id'],
    });
    expect(customers.keys).toContainEqual({
      kind: 'unique',
      name: 'customers_email_key',
      columns: ['email'],
    });
    expect(customers.indexes.map(({ name, unique }) => [name, unique]).sort()).toEqual([
      ['customers_email_key', true],
      ['customers_lower_idx', false],
      ['customers_pkey', true],
    ]);
  });

  it('keeps odd names as they are', async () => {
    const odd = relation(await readAs(user), 'Odd Schema', ODD);
    expect(odd.columns.map(({ name, type }) => [name, type])).toEqual([
      ['a b', 'integer'],
      ['select', 'positive'],
      ['C', 'bigint'],
    ]);
    expect(odd.keys).toContainEqual(
      expect.objectContaining({ kind: 'primary', columns: ['select', 'a b'] }),
    );
    expect(odd.keys).toContainEqual(
      expect.objectContaining({
        kind: 'foreign',
        columns: ['C'],
        target: { schema: 'public', relation: 'customers', columns: ['id'] },
      }),
    );
  });

  it('has a key on a partitioned table once', async () => {
    const { keys, columns } = relation(await readAs(user), 'public', 'notes');
    expect(keys.map(({ kind }) => kind)).toEqual(['foreign']);
    expect(columns).toHaveLength(1);
  });

  it('has functions, types and extensions', async () => {
    const catalogue = await readAs(user);
    const shop = catalogue.schemas[0];
    expect(shop?.routines.map(({ name, kind, returns }) => [name, kind, returns])).toEqual([
      ['add_up', 'function', 'integer'],
      ['tidy', 'procedure', ''],
    ]);
    expect(shop?.routines[0]?.parameters).toMatch(/^a integer, b mood DEFAULT 'sad'/);
    expect(shop?.types).toEqual([
      { name: 'mood', kind: 'enum', labels: ['sad', 'it\'s "ok"', 'happy'], ofExtension: false },
      { name: 'positive', kind: 'domain', labels: [], ofExtension: false },
    ]);
    expect(catalogue.extensions.map(({ name }) => name)).toEqual(['plpgsql']);
    expect(catalogue.databases.map(({ name }) => name)).toEqual([
      'postgres',
      'template0',
      'template1',
    ]);
  });
});

it('reads the size of a database as viewer', async () => {
  const { databases } = await readAs('viewer');
  expect(databases[0]?.bytes).toBeGreaterThan(1_000_000);
  expect(databases[1]?.bytes).toBeUndefined();
});

it("has PostgreSQL's own schemas when they are asked for", async () => {
  const catalogue = await readAs('viewer', true);
  const names = catalogue.schemas.map(({ name }) => name);
  expect(names).toEqual(['public', 'Odd Schema', 'information_schema', 'pg_catalog']);
  expect(relation(catalogue, 'pg_catalog', 'pg_class').columns[0]?.name).toBe('oid');
});

it('does not wait for a table that somebody has locked', async () => {
  const holder = await server.client({ user: 'owner' });
  await holder.simple('begin; lock table customers in access exclusive mode');
  // The lock is held until the end of this test: who waited for it would run into the statements' limit, and fail.
  const customers = relation(await readAs('viewer'), 'public', 'customers');
  expect(customers.bytes).toBeUndefined();
  expect(customers.columns[2]).toMatchObject({ filled: 'default', expression: undefined });
  await holder.simple('rollback');
  holder.end();
});

it('does not run an operator or a function that somebody put into public', async () => {
  const editor = await server.client({ user: 'owner' });
  await editor.simple(`
    create table caught (who text);
    create function trap(name, text) returns boolean language plpgsql as
      $$ begin insert into caught values (current_user); return true; end $$;
    create operator public.<> (leftarg = name, rightarg = text, function = trap);
    create function has_database_privilege(oid, text) returns boolean language plpgsql as
      $$ begin insert into caught values (current_user); return true; end $$;`);
  await readAs('owner');
  expect((await editor.query('select count(*) from caught')).rows).toEqual([['0']]);
  await editor.simple(
    'drop operator public.<> (name, text); drop function trap, public.has_database_privilege; drop table caught',
  );
  editor.end();
});

it('reads again over the same session, and sees what changed', async () => {
  const client = await server.client({ user: 'viewer' });
  const reader = new CatalogueReader(client);
  await reader.read(false);
  await owner.simple('create table later (x integer)');
  expect(relation(await reader.read(false), 'public', 'later').columns).toHaveLength(1);
  await owner.simple('drop table later');
  client.end();
});

it('reads 2,000 tables', async () => {
  await owner.simple('create schema crowd');
  for (let part = 0; part < 10; part++) {
    await owner.simple(`do $$ begin for i in ${part * 200 + 1}..${part * 200 + 200} loop
      execute format('create table crowd.t%s (id integer primary key, a text, b numeric, c date, d jsonb)', i);
    end loop; end $$`);
  }
  const catalogue = await readAs('viewer');
  const crowd = catalogue.schemas.find(({ name }) => name === 'crowd');
  expect(crowd?.relations).toHaveLength(2000);
  expect(
    crowd?.relations.every(({ columns, keys }) => columns.length === 5 && keys.length === 1),
  ).toBe(true);
  expect(catalogue.notes).toEqual([]);
});

it('quotes names as PostgreSQL does', async () => {
  const names = [
    ...KEYWORDS,
    'plain',
    'Upper',
    'a b',
    'x1_',
    '1x',
    'a$b',
    'ü',
    '🐇',
    'q"q',
    '',
    '_',
  ];
  const { rows } = await owner.query('select quote_ident(x) from json_array_elements_text($1) x', [
    JSON.stringify(names),
  ]);
  expect(names.map(quoteIdentifier)).toEqual(rows.map(([quoted]) => quoted));
  const made = quoteQualified('Odd Schema', ODD);
  expect((await owner.query(`select count(*) from ${made}`)).rows).toEqual([['0']]);
});

function column(name: string, type: string, more: object = {}) {
  return {
    name,
    type,
    notNull: false,
    filled: 'by-hand',
    expression: undefined,
    comment: undefined,
    ...more,
  };
}
