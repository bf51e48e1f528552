import { expect, test } from 'vitest';
import { columnOf } from './column';
import { fileName, tableFile } from './download';
import { rowsOf } from './testing/rows-of';

const COLUMNS = [columnOf('id', 'integer', 23), columnOf('name', 'text', 25)];
const signal = () => new AbortController().signal;

test('a large result becomes a file whole', async () => {
  const rows = rowsOf(...Array.from({ length: 3_000 }, (_, n) => [String(n), 'x'.repeat(500)]));
  const csv = await (await tableFile(rows, COLUMNS, 'csv', signal())).text();
  expect(csv.split('\r\n')).toHaveLength(3_002);
  expect(csv.endsWith(`2999,${'x'.repeat(500)}\r\n`)).toBe(true);
  const json: unknown = JSON.parse(await (await tableFile(rows, COLUMNS, 'json', signal())).text());
  expect(json).toHaveLength(3_000);
});

test('files are called as what they hold', () => {
  expect(fileName('select * from "Größen"\nwhere a > 1', 'csv')).toBe(
    'select-from-größen-where-a-1.csv',
  );
  expect(fileName('../../etc/passwd', 'json')).toBe('etc-passwd.json');
  expect(fileName('—', 'csv')).toBe('result.csv');
});
