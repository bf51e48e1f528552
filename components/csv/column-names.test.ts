import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteIdentifier } from '@/lib/postgres/catalogue/quote-identifier';
import { columnNames, nameProblem, repeatedNames, tableNameOf } from './column-names';

test('names need no quotes where that is possible', () => {
  expect(
    columnNames(['Größe (cm)', ' Full  Name ', 'É', '2024', 'select', 'ctid', '', '!!!']),
  ).toEqual(['grosse_cm', 'full_name', 'e', '_2024', 'select_', 'ctid_', 'column_7', 'column_8']);
});

test('names that clash are numbered, cut ones too', () => {
  expect(columnNames(['a', 'A', 'a!', 'a_2'])).toEqual(['a', 'a_2', 'a_3', 'a_2_2']);
  const [first = '', second = ''] = columnNames(['x'.repeat(100), 'x'.repeat(200)]);
  expect([first.length, second.length]).toEqual([63, 63]);
  expect(second.endsWith('_2')).toBe(true);
});

test('other scripts stay', () => {
  expect(columnNames(['Имя', '名前'])).toEqual(['имя', '名前']);
});

test('a table is named after its file, and not as another is', () => {
  expect(tableNameOf('My Orders (1).csv', new Set())).toBe('my_orders_1');
  expect(tableNameOf('orders.tsv', new Set(['orders', 'orders_2']))).toBe('orders_3');
  expect(tableNameOf('.csv', new Set())).toBe('imported');
  expect(tableNameOf('../../etc/passwd', new Set())).toBe('etc_passwd');
  expect(tableNameOf('table.csv', new Set())).toBe('table_');
});

test('any header makes names that a table may have', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 80 }), { maxLength: 8 }),
      (header) => {
        const names = columnNames(header);
        expect(names).toHaveLength(header.length);
        expect(repeatedNames(names).size).toBe(0);
        for (const name of names) {
          expect(nameProblem(name, 'column')).toBeUndefined();
          if (/^[\x20-\x7e]*$/.test(name)) expect(quoteIdentifier(name)).toBe(name);
        }
      },
    ),
  );
});

test('what is typed is judged', () => {
  expect(nameProblem('', 'table')).toMatch(/needs a name/);
  expect(nameProblem('ä'.repeat(32), 'table')).toMatch(/63 bytes/);
  expect(nameProblem('xmin', 'column')).toBeDefined();
  expect(nameProblem('xmin', 'table')).toBeUndefined();
  expect(nameProblem('Any "thing"; drop table x', 'column')).toBeUndefined();
  expect([...repeatedNames(['a', 'b', 'a'])]).toEqual(['a']);
});
