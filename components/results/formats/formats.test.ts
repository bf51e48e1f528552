import { expect, test } from 'vitest';
import { columnOf } from '../column';
import { csvWriter } from './csv';
import { jsonWriter } from './json';
import { jsonText } from './json-text';
import { markdownWriter } from './markdown';
import { insertWriter } from './sql-insert';
import type { TableWriter } from './table-writer';
import { uniqueNames } from './unique-names';

const text = (name: string) => columnOf(name, 'text', 25);

function written(writer: TableWriter, ...rows: (string | null)[][]): string {
  return writer.head + rows.map((row, index) => writer.row(row, index)).join('') + writer.tail;
}

test('CSV is RFC 4180, and tells NULL from the empty text', () => {
  const csv = written(
    csvWriter([text('a'), text('say "b"'), text('c')]),
    ['x,y', '', null],
    ['1\r\n2', ' z', '"'],
  );
  expect(csv).toBe('a,"say ""b""",c\r\n"x,y","",\r\n"1\r\n2"," z",""""\r\n');
});

test('numbers keep all their digits in JSON, and what JSON cannot say is a string', () => {
  expect(jsonText('12345678901234567890.123456789012345678901', 1700)).toBe(
    '12345678901234567890.123456789012345678901',
  );
  expect(jsonText('NaN', 1700)).toBe('"NaN"');
  expect(jsonText('-Infinity', 701)).toBe('"-Infinity"');
  expect(jsonText('$1,234.50', 790)).toBe('"$1,234.50"');
  expect(jsonText('1e+20', 701)).toBe('1e+20');
  expect(jsonText('007', 25)).toBe('"007"');
});

test('arrays and json are what they are in JSON', () => {
  expect(jsonText('{1,NULL,3}', 1007)).toBe('[1,null,3]');
  expect(jsonText('{{t,f},{f,NULL}}', 1000)).toBe('[[true,false],[false,null]]');
  expect(jsonText('{"a \\"b\\"",NULL,"NULL"}', 1009)).toBe('["a \\"b\\"",null,"NULL"]');
  expect(jsonText('{"a": 1.10, "a": 2}', 114)).toBe('{"a": 1.10, "a": 2}');
  expect(jsonText('{broken', 1007)).toBe('"{broken"');
});

test('a name that occurs twice is told apart', () => {
  expect(uniqueNames(['a', 'b', 'a', 'a_2', 'a'])).toEqual(['a', 'b', 'a_3', 'a_2', 'a_4']);
  const json = written(jsonWriter([text('n'), text('n'), text('__proto__')]), ['1', '2', '3']);
  expect(json).toBe('[\n{"n":"1","n_2":"2","__proto__":"3"}\n]\n');
});

test('no rows are an empty array', () => {
  expect(JSON.parse(written(jsonWriter([text('n')])))).toEqual([]);
});

test('nothing in a value is markup in Markdown', () => {
  const hostile = written(markdownWriter([text('a|b'), columnOf('n', 'integer', 23)]), [
    '<script>x</script> [y](javascript:z) | \\ *b*\nnext',
    '1',
  ]);
  expect(hostile).toBe(
    '| a\\|b | n |\n| --- | ---: |\n' +
      '| &lt;script>x&lt;/script> \\[y\\](javascript:z) \\| \\\\ \\*b\\*<br>next | 1 |\n',
  );
});

test('SQL literals cannot be left', () => {
  const sql = written(
    insertWriter([text('Order'), text('b'), columnOf('n', 'numeric', 1700)]),
    ["'; drop table x; --", "\\'", 'NaN'],
    [null, '', '-1.50'],
  );
  expect(sql).toBe(
    "insert into my_table (\"Order\", b, n) values\n  ('''; drop table x; --', E'\\\\''', 'NaN'),\n  (null, '', -1.50);\n",
  );
});
