import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Backend } from '@/lib/machine/types';
import type { PgClient } from '@/lib/postgres/client';
import { startPostgres, type TestServer } from '@/lib/postgres/testing/postgres-server';
import { columnNames } from './column-names';
import type { CsvPlan } from './csv-plan';
import type { CopyProgress } from './csv-to-copy';
import { importCsv } from './import-csv';
import { inspectCsv } from './inspect-csv';

let server: TestServer;
let client: PgClient;
let backend: Backend;

beforeAll(async () => {
  server = await startPostgres();
  client = await server.client();
  await client.simple('create role owner superuser login');
  backend = { connect: () => server.stream() };
});
afterAll(async () => {
  client?.end();
  await server?.stop();
});
afterEach(() => client.simple('drop table if exists t'));

/** What the dialog does with a file when nobody changes anything. */
async function planOf(file: Blob): Promise<CsvPlan> {
  const { format, header, types } = await inspectCsv(file);
  const columns = columnNames(header).map((name, index) => ({
    name,
    type: types[index] ?? 'text',
  }));
  return { format, table: 't', columns };
}

async function run(
  file: Blob,
  change: (plan: CsvPlan) => CsvPlan = (plan) => plan,
  options: { signal?: AbortSignal; onProgress?: (progress: CopyProgress) => void } = {},
): Promise<number> {
  return importCsv(backend, file, change(await planOf(file)), {
    signal: options.signal ?? new AbortController().signal,
    onProgress: options.onProgress ?? (() => {}),
  });
}

async function isThere(): Promise<boolean> {
  return (await client.query("select to_regclass('t') is not null")).rows[0]?.[0] === 't';
}

test('100,000 rows are copied, with progress', async () => {
  const parts = ['id,name,price,at,day,ok,doc,ref\n'];
  for (let i = 1; i <= 100_000; i++) {
    parts.push(
      `${i},"name ""${i}"", ü",${i / 4},2026-01-01T00:00:00Z,2026-02-0${1 + (i % 9)},${i % 2 === 0},"{""i"":${i}}",123e4567-e89b-12d3-a456-426614174000\n`,
    );
  }
  const file = new Blob(parts);
  const told: CopyProgress[] = [];
  expect(await run(file, undefined, { onProgress: (progress) => told.push(progress) })).toBe(
    100_000,
  );
  expect(told.length).toBeGreaterThan(10);
  expect(told.at(-1)).toEqual({ bytesRead: file.size, rows: 100_000 });
  const { rows } = await client.query(
    "select count(*), sum(id), sum(price), count(distinct name), max(doc->>'i'), pg_typeof(min(at)), count(*) filter (where ok) from t",
  );
  expect(rows).toEqual([
    [
      '100000',
      '5000050000',
      '1250012500.000000000000',
      '100000',
      '99999',
      'timestamp with time zone',
      '50000',
    ].map((value, index) => (index === 2 ? expect.stringMatching(/^1250012500\.0+$/) : value)),
  ]);
});

test('hostile names and values are only names and values', async () => {
  const file = new Blob(['a"b;drop,"x); drop table t; --"\n\\.,"\'; drop table t; --"\n']);
  const evil = 'T"; drop table x; --';
  await run(file, (plan) => ({
    ...plan,
    table: evil,
    columns: plan.columns.map((column, index) => ({ ...column, name: `c"${index}) --` })),
  }));
  const { rows } = await client.query(`select * from "T""; drop table x; --"`);
  expect(rows).toEqual([['\\.', "'; drop table t; --"]]);
  await client.simple('drop table "T""; drop table x; --"');
});

test('a value of the wrong type far down leaves nothing behind', async () => {
  const file = new Blob(['n\n', '1\n'.repeat(1_000_000), 'many\n']);
  await expect(run(file)).rejects.toMatchObject({ code: 'value', line: 1_000_002 });
  expect(await isThere()).toBe(false);
});

test('what only PostgreSQL finds wrong is told with the line of the file', async () => {
  // A lone surrogate is JSON for JavaScript.
  const file = new Blob(['id,doc\n1,"{}"\n\n"2","{""a"":""\\ud800""}"\n']);
  await expect(run(file)).rejects.toMatchObject({
    code: 'value',
    line: 4,
    message: expect.stringMatching(/^Line 4, column “doc”: /),
  });
  expect(await isThere()).toBe(false);
});

test('broken quotes and wrong bytes at the end leave nothing behind', async () => {
  const rows = 'x,y\n'.repeat(300_000);
  await expect(run(new Blob(['a,b\n', rows, '"open,\n']))).rejects.toMatchObject({
    code: 'quotes',
    line: 300_002,
  });
  await expect(run(new Blob(['a,b\n', rows, Uint8Array.of(0xff, 10)]))).rejects.toMatchObject({
    code: 'encoding',
  });
  expect(await isThere()).toBe(false);
});

test('a table that is there stays as it is', async () => {
  await client.simple("create table t (x text); insert into t values ('kept')");
  await expect(run(new Blob(['a\nb\n']))).rejects.toMatchObject({
    message: expect.stringMatching(/already exists.*another name/),
  });
  expect((await client.query('select * from t')).rows).toEqual([['kept']]);
});

test('a cancelled import leaves nothing behind', async () => {
  const file = new Blob(['a,b\n', 'some text,more\n'.repeat(500_000)]);
  const controller = new AbortController();
  const importing = run(file, undefined, {
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await expect(importing).rejects.toMatchObject({ code: 'cancelled' });
  await expect.poll(isThere).toBe(false);
});

test('Windows-1252 becomes the letters it is', async () => {
  await run(new Blob(['w\n', Uint8Array.of(0xe9, 0xfc), '\n']));
  expect((await client.query('select w from t')).rows).toEqual([['éü']]);
});

test('50 MB hold the page for no more than short tasks', async () => {
  const line = `${'x'.repeat(90)},12345\n`;
  const file = new Blob(['a,b\n', ...Array.from({ length: 500 }, () => line.repeat(1042))]);
  expect(file.size).toBeGreaterThan(50_000_000);
  let beats = 0;
  const beat = setInterval(() => {
    beats += 1;
  }, 1);
  expect(await run(file)).toBe(521_000);
  clearInterval(beat);
  // Others have their turn between its slices.
  expect(beats).toBeGreaterThan(50);
});
