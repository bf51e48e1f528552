import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PgClient } from '../postgres/client';
import { startPostgres, type TestServer } from '../postgres/testing/postgres-server';
import { fillParameters } from './parameters';
import { TEMPLATES } from './templates';
import { SHOP_DATABASE } from './templates/shop-database';
import { SHOP_EXERCISES } from './templates/shop-exercises';

let server: TestServer;
let client: PgClient;

beforeAll(async () => {
  server = await startPostgres();
  client = await server.client();
});

afterAll(async () => {
  client?.end();
  await server?.stop();
});

/** Rows of each statement that gives some. */
async function run(sql: string): Promise<(string | null)[][][]> {
  const results: (string | null)[][][] = [];
  await client.simple(sql, {
    fields: () => results.push([]),
    rows: (batch) => {
      for (let row = 0; row < batch.rowCount; row++) results.at(-1)?.push(batch.row(row));
    },
  });
  return results;
}

describe('the starting points', () => {
  it.each(TEMPLATES)('$id runs from the first cell to the last, twice', async ({ notebook }) => {
    for (let round = 0; round < 2; round++) {
      for (const { kind, text = '' } of notebook.cells) {
        if (kind !== 'sql') continue;
        const filled = fillParameters(text, notebook.values);
        if (filled.kind !== 'filled') throw new Error(`no value in ${text}`);
        await run(filled.sql);
      }
      await run('rollback');
    }
  });
});

describe('the sample shop', () => {
  it('is made the same each time', async () => {
    const digest = `select md5(string_agg(t::text, ',' order by t.id)) from shop.orders t
      union all select md5(string_agg(i::text, ',' order by i.order_id, i.product_id)) from shop.order_items i
      union all select md5(string_agg(r::text, ',' order by r.id)) from shop.reviews r`;
    const counts = await run(`set time zone 'UTC'; ${SHOP_DATABASE}`);
    expect(counts).toEqual([[['160', '48', '1400', '3500', '420']]]);
    const first = await run(digest);
    await run(SHOP_DATABASE);
    expect(await run(digest)).toEqual(first);
  });

  it.each(SHOP_EXERCISES)('$title: the solution answers', async ({ solution }) => {
    await run(SHOP_DATABASE);
    for (const rows of await run(solution)) expect(rows.length).toBeGreaterThan(0);
  });

  it('an index is used where the exercise says so', async () => {
    await run(SHOP_DATABASE);
    const faster = SHOP_EXERCISES.find(({ title }) => title === 'Faster');
    const [before, after] = await run(faster?.solution ?? '');
    expect(before?.flat().join('\n')).toContain('Seq Scan');
    expect(after?.flat().join('\n')).toContain('orders_customer');
  });

  it('an order can be made by hand: numbers go on after those that are there', async () => {
    await run(SHOP_DATABASE);
    const [rows] = await run(
      'insert into shop.orders (customer_id, status) values (1, $$open$$) returning id',
    );
    expect(rows).toEqual([['1401']]);
  });
});
