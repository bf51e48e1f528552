import { expect, test } from 'vitest';
import { describe } from './describe';
import { SHOP } from './testing/shop';

function at(text: string) {
  const offset = text.indexOf('|');
  const sql = text.replace('|', '');
  const found = describe(sql, offset, SHOP);
  return found && { ...found, word: sql.slice(found.start, found.end) };
}

test('a column has its type, its keys and its comment', () => {
  expect(at('select em|ail from customers')).toMatchObject({
    word: 'email',
    code: 'email text not null',
    lines: ['Column of public.customers.', 'where they *read*'],
  });
  expect(at('select o.customer|_id from orders o')?.lines).toContain(
    'References public.customers (id).',
  );
  expect(at('select |id from customers')?.lines).toContain('Numbered by PostgreSQL.');
  expect(at('select total| from orders')?.lines).toContain('Default: 0');
});

test('a quoted name is described whole', () => {
  expect(at('select "Full| Name" from customers')).toMatchObject({
    word: '"Full Name"',
    code: 'Full Name text',
  });
});

test('a table, an alias, a function', () => {
  expect(at('select * from cust|omers')).toMatchObject({
    code: 'table public.customers',
    lines: ['3 columns, about 1,200 rows.', 'who buys'],
  });
  expect(at('select c|.id from customers c')?.code).toBe('table public.customers');
  expect(at('select total_|of(1)')).toMatchObject({
    code: 'total_of(customer bigint) → numeric',
    lines: ['adds up'],
  });
});

test.each(['select nos|uch', "select 'em|ail' from customers", '|', 'select 1|', '-- cust|omers'])(
  'nothing is said of %s',
  (text) => expect(at(text)).toBeUndefined(),
);
