import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PgClient } from '@/lib/postgres/client';
import { RowStore } from '@/lib/postgres/row-store';
import { startPostgres, type TestServer } from '@/lib/postgres/testing/postgres-server';
import { type Column, toColumns } from './column';
import { csvWriter } from './formats/csv';
import { jsonText } from './formats/json-text';
import { insertWriter } from './formats/sql-insert';
import type { TableWriter } from './formats/table-writer';
import { sortSteps } from './sort/sort-steps';

let server: TestServer;
let client: PgClient;

beforeAll(async () => {
  server = await startPostgres();
  client = await server.client();
  await client.simple("set timezone = 'Europe/Berlin'");
});

afterAll(async () => {
  client?.end();
  await server?.stop();
});

async function result(sql: string): Promise<{ columns: Column[]; rows: RowStore }> {
  const rows = new RowStore();
  let columns: Column[] = [];
  await client.simple(sql, {
    fields: (fields) => {
      columns = toColumns(fields);
    },
    rows: (batch) => rows.append(batch),
  });
  return { columns, rows };
}

it.each([
  "select unnest('{12345678901234567890.10,NaN,-0.5,Infinity,1e300,0,NULL}'::numeric[])",
  "select unnest('{1e-300,-1.5,NaN,Infinity,1e20,123456789012345}'::float8[])",
  'select unnest(array[9223372036854775807, -9223372036854775808, null])',
  'select unnest(array[true, false, null])',
  `select unnest(array['a"b\\', E'line\\nbreak', '', 'NULL', null])`,
  `select '{{1,2},{3,NULL}}'::int[]`,
  `select '[5:6]={t,f}'::bool[]`,
  `select array['a,b', '{x}', 'say "hi"', '', null, 'NULL', '\\']`,
  `select array['{"a": [1, 2.50]}'::jsonb, 'null']`,
  "select array[1.10, 'NaN'::numeric]",
  "select array['(2,2),(1,1)'::box, '(4,4),(3,3)']",
  `select '{"a": {"b": [1.10, "x"]}}'::jsonb`,
  'select array[]::text[]',
  "select array['2024-01-01'::date]",
])('JSON is what to_json makes of it: %s', async (sql) => {
  const { columns, rows } = await result(sql);
  const theirs = await result(`select to_json(x) from (${sql}) t (x)`);
  for (let row = 0; row < rows.rowCount; row++) {
    const ours = jsonText(rows.text(row, 0), columns[0]?.oid ?? 0);
    expect(JSON.parse(ours)).toEqual(JSON.parse(theirs.rows.text(row, 0) ?? 'null'));
  }
});

it.each([
  [
    'numeric',
    "('0.1'), ('-5'), ('NaN'), ('Infinity'), ('-Infinity'), ('9007199254740993'), ('9007199254740992'), ('9007199254740992.5'), (null), ('1e50'), ('1e400')",
  ],
  [
    'float8',
    "('0.1'), ('-5'), ('NaN'), ('Infinity'), ('-Infinity'), ('1e300'), ('1e-300'), (null)",
  ],
  ['int8', "('9223372036854775807'), ('9223372036854775806'), ('-9223372036854775808'), ('0')"],
  ['money', "('1234.50'), ('-1234.49'), ('0'), ('99.99')"],
  ['bool', "('t'), ('f'), (null)"],
  [
    'date',
    "('2024-02-29'), ('0044-03-15 BC'), ('infinity'), ('-infinity'), ('12024-01-01'), ('1999-12-31')",
  ],
  [
    'timestamptz',
    "('2024-03-31 00:30+00'), ('2024-03-31 01:30+00'), ('2024-10-27 00:30+00'), ('2024-10-27 01:30+00'), ('1890-01-01 00:00+00'), ('0001-01-01 00:00+00 BC'), ('2024-03-31 00:30:00.000001+00')",
  ],
  [
    'interval',
    "('1 mon'), ('29 days 23:59:59'), ('-1 day'), ('31 days'), ('1 year 2 mons -3 days'), ('-1 year 1 day'), ('36:00:00'), ('0')",
  ],
  ['time', "('23:59:59.5'), ('00:00'), ('12:00:00.1')"],
  ['uuid', "('ffffffff-ffff-ffff-ffff-ffffffffffff'), ('00000000-0000-0000-0000-000000000001')"],
  ['bytea', "('\\x00ff'), ('\\x01'), ('\\x'), ('\\xff')"],
])('%s is sorted as PostgreSQL sorts it', async (type, values) => {
  const from = `from (values ${values}) t (x)`;
  for (const [direction, sql] of [
    ['ascending', 'asc'],
    ['descending', 'desc'],
  ] as const) {
    const { columns, rows } = await result(`select x::${type} ${from}`);
    const theirs = await result(`select x::${type} ${from} order by x::${type} ${sql} nulls last`);
    const work = sortSteps(rows, rows.rowCount, columns[0]?.oid ?? 0, { column: 0, direction });
    let step = work.next();
    while (!step.done) step = work.next();
    const ours = [...step.value].map((row) => rows.text(row, 0));
    expect(ours).toEqual(ours.map((_, row) => theirs.rows.text(row, 0)));
  }
});

const KEPT = `select n::int as "Order", n * 12345678901234567890.01::numeric as n, n % 2 = 0 as even,
  (array[null, '', 'NULL', 'a,"b"', E'line\\r\\nbreak', ' blank ', E'back\\\\slash '' quote'])[n] as "text 1",
  array[n, null] as a, jsonb_build_object('n', n) as j, decode(repeat('0', n * 2), 'hex') as b,
  timestamptz '2024-03-31 01:30+01' + n * interval '30 min' as at, 'NaN'::float8 as f
  from generate_series(1, 7) n`;

it('a CSV file comes back through COPY as it went', async () => {
  const { columns, rows } = await result(KEPT);
  await client.simple(`create temp table by_csv as ${KEPT} limit 0`);
  await client.copyIn('copy by_csv from stdin (format csv, header match)', [
    new TextEncoder().encode(whole(csvWriter(columns), columns, rows)),
  ]);
  await expectSame('by_csv');
});

it('an SQL insert comes back as it went, whatever standard_conforming_strings says', async () => {
  const { columns, rows } = await result(KEPT);
  const insert = whole(insertWriter(columns), columns, rows);
  await client.simple(`create temp table my_table as ${KEPT} limit 0; ${insert}`);
  await expectSame('my_table');
});

function whole(writer: TableWriter, columns: readonly Column[], rows: RowStore): string {
  const parts = Array.from({ length: rows.rowCount }, (_, row) =>
    writer.row(
      columns.map((_column, column) => rows.text(row, column)),
      row,
    ),
  );
  return writer.head + parts.join('') + writer.tail;
}

async function expectSame(table: string): Promise<void> {
  const { rows } = await result(
    `select count(*) from ((select t::text from (${KEPT}) t except select t::text from ${table} t)
     union all (select t::text from ${table} t except select t::text from (${KEPT}) t)) d`,
  );
  expect(rows.text(0, 0)).toBe('0');
}
