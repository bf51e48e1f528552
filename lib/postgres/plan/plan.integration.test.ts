import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PgClient } from '../client';
import { startPostgres, type TestServer } from '../testing/postgres-server';
import { measurePlan, withDescendants } from './measure';
import { parsePlanJson } from './parse-json';
import { parsePlanText } from './parse-text';
import type { Plan, PlanNode } from './plan';

let server: TestServer;
let client: PgClient;

beforeAll(async () => {
  server = await startPostgres();
  client = await server.client();
  await client.simple(`
    create table customers (id int primary key, "full Name" text, city text);
    create table orders (id int primary key, customer int references customers, total numeric, at date);
    insert into customers select n, 'name ' || n, 'city ' || n % 20 from generate_series(1, 2000) n;
    insert into orders select n, n % 2000 + 1, n % 97, date '2024-01-01' + n % 300 from generate_series(1, 20000) n;
    create index orders_customer on orders (customer);
    create index "orders At" on orders (at);
    create view "big Orders" as select * from orders where total > 90;
    create table parts (n int) partition by range (n);
    create table parts_1 partition of parts for values from (0) to (100);
    create table parts_2 partition of parts for values from (100) to (200);
    insert into parts select n from generate_series(0, 199) n;
    create materialized view cities as select distinct city from customers;
    analyze;
    set min_parallel_table_scan_size = 0;
    set parallel_setup_cost = 0;
    set parallel_tuple_cost = 0;
  `);
});

afterAll(async () => {
  client?.end();
  await server?.stop();
});

const QUERIES = [
  'select 1',
  'select * from orders where id = 77',
  'select * from orders o where customer in (1, 2, 3) and total > 50 order by at desc limit 5',
  'select c.city, sum(o.total) from orders o join customers c on c.id = o.customer group by c.city order by 2 desc',
  'select c."full Name", o.id from customers c left join orders o on o.customer = c.id and o.total > 90',
  `with totals as materialized (select customer, sum(total) as t from orders group by customer)
   select * from totals where t > (select avg(t) from totals)`,
  'select c.id, (select max(at) from orders o where o.customer = c.id) from customers c where c.id < 20',
  'select * from customers where id not in (select customer from orders)',
  'select * from orders order by at desc limit 3',
  'select count(*) from parts where n < 150',
  'select a.id from customers a except all select customer from orders',
  'select city from customers union select city from customers',
  'select n, row_number() over (partition by n % 3 order by n) from generate_series(1, 50) n',
  "select * from customers where \"full Name\" = E'two\nlines; it''s -> Seq Scan on x (cost=0.00..1.00 rows=1 width=1)' and city <> 'x'",
  'select * from (values (1), (2)) v (a) join customers c on c.id = v.a',
  'with recursive t(n) as (select 1 union all select n + 1 from t where n < 10) select * from t',
  'select * from orders where false',
  'select grouping(city), city, id % 2, count(*) from customers group by rollup (city, id % 2)',
  'select * from "big Orders" b where exists (select from customers c where c.id = b.customer and c.city = \'city 3\')',
  'select * from orders where customer = 5 or customer = 900',
  "select * from xmltable('/a/b' passing '<a><b>1</b></a>' columns b int path '.') x",
  'select * from orders tablesample system (10) repeatable (1)',
  'select at, count(*) from orders group by at order by at',
  'select * from orders a join orders b using (id) where a.total < 3',
  "select * from customers where ctid = '(0,1)'",
];
const CHANGES = [
  'insert into customers select n, $$x$$, null from generate_series(5001, 5010) n on conflict do nothing',
  "update customers set city = 'here' where id < 5",
  'delete from orders where id < 10 returning id',
  `merge into customers c using orders o on c.id = o.id when matched then update set city = 'm' when not matched then do nothing`,
];

it.each([...QUERIES, ...CHANGES])('TEXT and JSON tell the same tree: %s', async (query) => {
  const [text, json] = await explain('', query);
  expect(text).toEqual(json);
});

it.each(QUERIES)('and the same after ANALYZE: %s', async (query) => {
  // With workers the rows of a loop depend on who was quick.
  await client.simple('set max_parallel_workers_per_gather = 0');
  const options = 'analyze, buffers, timing off, summary off,';
  const [text, json] = await explain(options, query);
  expect(text).toEqual(json);
});

it.each(QUERIES)(
  'everything PostgreSQL prints of ANALYZE, VERBOSE finds its place: %s',
  async (query) => {
    await client.simple('set max_parallel_workers_per_gather = 2');
    const plan = await planOf(
      `explain (analyze, verbose, buffers, settings, wal) ${query}`,
      parsePlanText,
    );
    const measures = measurePlan(plan);
    expect(plan.executionMs).toBeGreaterThan(0);
    expect(plan.planningMs).toBeGreaterThan(0);
    for (const node of plan.roots.flatMap(withDescendants)) {
      expect(node.estimate, node.label).toBeDefined();
      expect(node.actual, node.label).toBeDefined();
      expect(node.label).not.toMatch(/\(|: /);
      expect(node.details.filter(({ name }) => name === '')).toEqual([]);
      expect(measures.get(node)?.ownMs).toBeLessThanOrEqual((plan.executionMs ?? 0) + 1);
    }
  },
);

it('COSTS OFF leaves names and inputs', async () => {
  const query = QUERIES[4] ?? '';
  const bare = await planOf(`explain (costs off) ${query}`, parsePlanText);
  const full = await planOf(`explain ${query}`, parsePlanText);
  const labels = (plan: Plan) => plan.roots.flatMap(withDescendants).map(({ label }) => label);
  expect(labels(bare)).toEqual(labels(full));
});

it('a statement rewritten to two has two trees', async () => {
  await client.simple(`create table log (t text);
    create rule noted as on insert to parts_1 do also insert into log values ('x')`);
  const [text, json] = await explain('', 'insert into parts_1 values (1)');
  expect(text).toHaveLength(2);
  expect(text).toEqual(json);
});

it('a statement without a plan has none', async () => {
  const { rows } = await client.query('explain refresh materialized view cities');
  expect(parsePlanText(rows.map(([line]) => line).join('\n'))).toBeUndefined();
});

/** A query's plan by both formats, without what only one of them tells or what changes from run to run. */
async function explain(options: string, query: string) {
  const text = await planOf(`explain (${options} format text) ${query}`, parsePlanText);
  const json = await planOf(`explain (${options} format json) ${query}`, parsePlanJson);
  return [text.roots.map(comparable), json.roots.map(comparable)];
}

async function planOf(sql: string, parse: (text: string) => Plan | undefined): Promise<Plan> {
  const lines: (string | null)[] = [];
  await client.simple(sql, {
    rows: (batch) => {
      for (let row = 0; row < batch.rowCount; row++) lines.push(batch.text(row, 0));
    },
  });
  const plan = parse(lines.join('\n'));
  if (!plan) throw new Error(`no plan in ${lines.join('\n')}`);
  return plan;
}

const COMPARED = /^(Filter|Index Cond|Hash Cond|Join Filter|Group Key|Recheck Cond|Output)$/;

function comparable(node: PlanNode): unknown {
  const { label, role, estimate, actual, details, children } = node;
  // JSON tells grouping sets as lists of their own.
  const compared = details.filter(({ name, text }) => COMPARED.test(name) && text !== '()');
  return {
    label,
    role,
    estimate,
    actual,
    details: compared.map(({ name, text }) => `${name}: ${text}`).sort(),
    children: children.map(comparable),
  };
}
