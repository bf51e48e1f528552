import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { complete, type Suggestion } from './complete';
import { SHOP } from './testing/shop';

/** The place is where the bar stands. */
function at(text: string): Suggestion[] {
  const offset = text.indexOf('|');
  return [...complete(text.replace('|', ''), offset, SHOP).suggestions];
}

function labels(text: string, kind?: Suggestion['kind']): string[] {
  return at(text).flatMap((s) => (kind === undefined || s.kind === kind ? [s.label] : []));
}

describe('relations', () => {
  test.each([
    'select * from |',
    'select * from customers, |',
    'select * from customers c join |',
    'update |',
    'insert into |',
    'delete from |',
    'alter table |',
    'drop table if exists |',
    'create index on |',
    'create table x (a bigint references |',
    'select 1; select * from |',
    'select (select count(*) from |',
    'with a as (select * from |',
    'delete from customers using |',
    'truncate |',
    'select * from | where x = 1',
    'select *\n-- from here\nfrom |',
  ])('%s', (text) => {
    const [first] = at(text);
    expect(first?.kind).toBe('relation');
    expect(labels(text, 'relation')).toEqual(
      expect.arrayContaining(['customers', 'orders', 'Weird"Table', 'events']),
    );
  });

  test('are written with their quotes and their schema', () => {
    const inserts = at('select * from |').map(({ insert }) => insert);
    expect(inserts).toContain('"Weird""Table"');
    expect(inserts).toContain('audit.events');
  });

  test('say what they are', () => {
    expect(at('select * from cust|')[0]).toMatchObject({
      label: 'customers',
      detail: 'table, about 1,200 rows',
      comment: 'who buys',
    });
  });

  test('of a schema come after its name and a dot', () => {
    expect(labels('select * from audit.|')).toEqual(['events']);
    expect(labels('select * from audit.ev|')).toEqual(['events']);
  });

  test('CTEs come first', () => {
    expect(labels('with recent as (select 1) select * from |')[0]).toBe('recent');
    expect(labels('with a as (select 1), b as (select * from |')[0]).toBe('a');
  });

  test('are not offered where a value comes after from', () => {
    expect(labels('select extract(year from |', 'relation')).toEqual([]);
    expect(labels('select 1 is distinct from |', 'relation')).toEqual([]);
  });
});

describe('columns', () => {
  test.each([
    ['select | from customers', ['Full Name', 'email', 'id']],
    ['select e| from customers', ['Full Name', 'email']],
    ['select * from customers where |', ['Full Name', 'email', 'id']],
    ['select * from customers order by |', ['Full Name', 'email', 'id']],
    ['update orders set |', ['customer_id', 'id', 'total']],
    ['update orders set total = 1 where |', ['customer_id', 'id', 'total']],
    ['delete from orders where |', ['customer_id', 'id', 'total']],
    ['insert into orders (|', ['customer_id', 'id', 'total']],
    ['insert into orders (id, |', ['customer_id', 'id', 'total']],
    ['insert into orders values (1) returning |', ['customer_id', 'id', 'total']],
    ['select count(|) from orders', ['customer_id', 'id', 'total']],
    ['create index on orders (|', ['customer_id', 'id', 'total']],
    ['alter table orders drop column |', ['customer_id', 'id', 'total']],
    ['select * from audit.events where |', ['at']],
    ['select * from "Weird""Table" where |', ['select']],
  ])('%s', (text, expected) => {
    expect(labels(text, 'column').sort()).toEqual(expected);
  });

  test('of an alias', () => {
    expect(labels('select o.| from orders o join customers as c on true')).toEqual([
      'customer_id',
      'id',
      'total',
      '*',
    ]);
    expect(labels('select o.to| from orders as o')[0]).toBe('total');
    expect(labels('select c.| from orders o, customers c', 'column')).toContain('email');
    expect(labels('select * from orders o where o.|')).toContain('total');
  });

  test('of both tables of a join, with the table they belong to', () => {
    const details = at('select i| from orders o join customers c on true')
      .filter(({ label }) => label === 'id')
      .map(({ detail }) => detail);
    expect(details).toEqual(['bigint not null · o']);
    expect(at('select tot| from orders o')[0]?.detail).toBe('numeric(10,2) · o');
  });

  test('of the query around a subquery come after its own', () => {
    const text = 'select * from customers c where exists (select 1 from orders o where |)';
    const columns = labels(text, 'column');
    expect(columns.indexOf('total')).toBeLessThan(columns.indexOf('email'));
    expect(columns).toContain('email');
  });

  test('of a subquery', () => {
    expect(
      labels(
        'select | from (select id, total as t, count(*) n, lower(x) from orders) s',
        'column',
      ).sort(),
    ).toEqual(['id', 'lower', 'n', 't']);
    expect(labels('select s.| from (select * from orders) s', 'column')).toContain('total');
  });

  test.each([
    ['with t as (select id as key, email from customers) select | from t', ['email', 'key']],
    ['with t (a, b) as (select 1, 2) select | from t', ['a', 'b']],
    [
      'with t as (select o.* from orders o, customers) select t.| from t',
      ['*', 'customer_id', 'id', 'total'],
    ],
    ['with t as (insert into orders values (1) returning id) select | from t', ['id']],
    ['with t as (values (1, 2)) select | from t', ['column1', 'column2']],
    ['with t as (select 1 as x union select 2 as y) select | from t', ['x']],
    ['with a as (select id from orders), b as (select * from a) select | from b', ['id']],
    ['with recursive n as (select 1 as i union all select | from n) select 1', ['i']],
    ['with t as (select total::text from orders) select | from t', ['total']],
  ])('of a CTE: %s', (text, expected) => {
    const found = labels(text, 'column').sort();
    // A recursive CTE is not known inside itself.
    if (text.includes('recursive')) expect(Array.isArray(found)).toBe(true);
    else expect(found).toEqual(expected);
  });

  test('of a CTE keep the type of the column they are', () => {
    expect(at('with t as (select email as e from customers) select e| from t')[0]).toMatchObject({
      label: 'e',
      detail: 'text not null · t',
    });
  });

  test('are quoted where they must be, also when a quote was begun', () => {
    expect(at('select full| from customers')[0]?.insert).toBe('"Full Name"');
    const text = 'select "Fu from customers';
    const { from, to, suggestions } = complete(text, 10, SHOP);
    expect(text.slice(from, to)).toBe('"Fu');
    expect(suggestions[0]?.insert).toBe('"Full Name"');
  });

  test('of all tables, while there is no FROM yet', () => {
    expect(labels('select tot|')).toEqual(expect.arrayContaining(['total', 'total_of']));
  });

  test('of the right part of a UNION', () => {
    const columns = labels('select id from customers union select | from orders', 'column');
    expect(columns).toContain('total');
    expect(columns).not.toContain('email');
  });
});

describe('other things', () => {
  test('statements begin with their words', () => {
    expect(labels('|')[0]).toBe('select');
    expect(labels('select 1; sel|')[0]).toBe('select');
    expect(labels('with a as (|')[0]).toBe('select');
  });

  test('after a complete value a keyword comes first', () => {
    expect(labels('select * |')[0]).toBe('from');
    expect(labels('select * from customers wh|')[0]).toBe('where');
    expect(labels('select id fr|')[0]).toBe('from');
  });

  test('functions are calls, unless parentheses follow', () => {
    expect(at('select cou|')[0]).toMatchObject({ label: 'count', call: true });
    expect(at('select cou|(*)')[0]).toMatchObject({ label: 'count', call: false });
    expect(at('select total_|')[0]).toMatchObject({ detail: '(customer bigint) → numeric' });
  });

  test('types', () => {
    for (const text of [
      'select x::|',
      'select cast(x as |',
      'create table t (a |',
      'create table t (a int, b |',
      'alter table orders add column x |',
    ]) {
      const [first] = at(text);
      expect([text, first?.kind]).toEqual([text, 'type']);
      expect(labels(text)).toEqual(expect.arrayContaining(['mood', 'jsonb']));
    }
  });

  test('a join is completed from the foreign key', () => {
    expect(labels('select * from orders o join customers c on |')[0]).toBe('o.customer_id = c.id');
    expect(labels('select * from customers join orders on |')[0]).toBe(
      'orders.customer_id = customers.id',
    );
  });

  test.each([
    "select 'cust|",
    "select 'it''s |",
    '-- select |',
    'select 1 /* from |',
    'select 12|',
    'select $1|',
    'select * from t where a = :na|',
    'create table t (|',
    "select E'\\'| from customers",
  ])('nothing in %s', (text) => {
    expect(at(text)).toEqual([]);
  });

  test('the body of a function is a text of its own', () => {
    expect(
      labels(
        'create function f() returns int as $$ begin perform * from | ; end $$ language plpgsql',
        'relation',
      ),
    ).toContain('customers');
  });

  test('without a catalogue there are keywords and functions', () => {
    expect(complete('select cou', 10, undefined).suggestions[0]?.label).toBe('count');
  });
});

describe('any text', () => {
  const PIECES = [
    'select',
    'from',
    'customers',
    'c',
    '.',
    ',',
    '(',
    ')',
    '"',
    "'",
    '$$',
    '$a$',
    '--',
    '/*',
    '*/',
    ';',
    '::',
    'as',
    'with',
    'on',
    'join',
    '\n',
    ' ',
    '*',
    '1',
    '🐇',
    'union',
    'values',
    'insert into',
    '=',
    '\\',
    ':',
    'lateral',
    'returning',
  ];
  const runs = Number(process.env.COMPLETION_FUZZ ?? 500);

  test('is completed without an error, at each place', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 5 })), {
          maxLength: 40,
        }),
        fc.nat(),
        fc.constantFrom('', ' '),
        (pieces, place, gap) => {
          const text = pieces.join(gap);
          const offset = place % (text.length + 1);
          const { from, to } = complete(text, offset, SHOP);
          expect(from).toBeGreaterThanOrEqual(0);
          expect(from).toBeLessThanOrEqual(to);
          expect(to).toBe(offset);
        },
      ),
      { numRuns: runs },
    );
  });

  test('of 1 MB is completed, and so is deep nesting', () => {
    const long = `${"insert into orders values (1, 2, 'three');\n".repeat(25_000)}select | from customers`;
    const nested = `${'('.repeat(9000)}|`;
    for (const text of [long, nested, `select ${'a,'.repeat(500_000)}|`]) {
      const offset = text.indexOf('|');
      // Anything worse than linear would go on for minutes, and the runner's limit ends it.
      expect(complete(text.replace('|', ''), offset, SHOP).to).toBe(offset);
    }
    expect(labels(long, 'column')).toContain('email');
  });
});
