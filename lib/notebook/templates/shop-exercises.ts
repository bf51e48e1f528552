export interface Exercise {
  readonly title: string;
  readonly task: string;
  readonly hint: string;
  readonly solution: string;
}

/** From the first select to query plans; each solution gives rows on a fresh `shop`. */
export const SHOP_EXERCISES: readonly Exercise[] = [
  {
    title: 'Everything',
    task: 'Show all products, with all their columns.',
    hint: 'The star stands for all columns.',
    solution: 'select * from shop.products;',
  },
  {
    title: 'Some columns, some rows',
    task: 'Show name and e-mail of the customers from Japan.',
    hint: 'Texts stand in single quotes.',
    solution: "select name, email from shop.customers where country = 'Japan';",
  },
  {
    title: 'In order',
    task: 'Show the five most expensive products, the most expensive first.',
    hint: 'ORDER BY … DESC, then LIMIT.',
    solution: 'select name, price from shop.products order by price desc, name limit 5;',
  },
  {
    title: 'Patterns',
    task: 'Show the products whose name ends in “Cup” or “Teapot”.',
    hint: 'LIKE, with % for any text.',
    solution:
      "select name, price from shop.products where name like '%Cup' or name like '%Teapot' order by name;",
  },
  {
    title: 'Nothing there',
    task: 'How many reviews have stars but no text?',
    hint: 'NULL is equal to nothing, not even to NULL: use IS NULL.',
    solution: 'select count(*) from shop.reviews where body is null;',
  },
  {
    title: 'A month',
    task: 'How many orders were placed in March 2025?',
    hint: 'From the first of March on, and before the first of April.',
    solution:
      "select count(*) from shop.orders where placed_at >= '2025-03-01' and placed_at < '2025-04-01';",
  },
  {
    title: 'Groups',
    task: 'How many customers come from each country? The country with most of them first.',
    hint: 'GROUP BY country.',
    solution:
      'select country, count(*) as customers from shop.customers group by country order by customers desc, country;',
  },
  {
    title: 'Two tables',
    task: 'Show the ten latest orders: when, which status, and the customer’s name.',
    hint: 'JOIN shop.customers ON …',
    solution: `select o.placed_at, o.status, c.name
from shop.orders o
join shop.customers c on c.id = o.customer_id
order by o.placed_at desc
limit 10;`,
  },
  {
    title: 'What an order costs',
    task: 'Which five orders are worth most? An order’s worth is the sum of quantity × price of its items.',
    hint: 'sum(quantity * price), a group for each order.',
    solution: `select order_id, sum(quantity * price) as total
from shop.order_items
group by order_id
order by total desc, order_id
limit 5;`,
  },
  {
    title: 'Regular customers',
    task: 'Who has placed at least 20 orders? Show the name and how many.',
    hint: 'HAVING is a WHERE for groups.',
    solution: `select c.name, count(*) as orders
from shop.customers c
join shop.orders o on o.customer_id = c.id
group by c.id
having count(*) >= 20
order by orders desc, c.name;`,
  },
  {
    title: 'Never',
    task: 'Which customers have never ordered anything?',
    hint: 'NOT EXISTS, or a LEFT JOIN whose other side is NULL.',
    solution: `select c.name, c.joined
from shop.customers c
where not exists (select from shop.orders o where o.customer_id = c.id)
order by c.name;`,
  },
  {
    title: 'Arrays and JSON',
    task: 'Show name and colour of the products that have the tag “gift” and weigh less than 400 grams.',
    hint: "= ANY (tags) looks into an array; details ->> 'grams' is a text, so cast it.",
    solution: `select name, details ->> 'colour' as colour
from shop.products
where 'gift' = any (tags) and (details ->> 'grams')::int < 400
order by name;`,
  },
  {
    title: 'Counting apart',
    task: 'For each month: how many orders, how many of them were returned, and what percentage that is.',
    hint: "date_trunc('month', placed_at), and count(*) FILTER (WHERE …).",
    solution: `select date_trunc('month', placed_at)::date as month,
  count(*) as orders,
  count(*) filter (where status = 'returned') as returned,
  round(100.0 * count(*) filter (where status = 'returned') / count(*), 1) as percent
from shop.orders
group by month
order by month;`,
  },
  {
    title: 'Above the average',
    task: 'Which products cost more than the average of their own category?',
    hint: 'A subquery may use columns of the query around it.',
    solution: `select p.category, p.name, p.price
from shop.products p
where p.price > (select avg(q.price) from shop.products q where q.category = p.category)
order by p.category, p.price desc;`,
  },
  {
    title: 'Step by step',
    task: 'Which three months had the highest revenue? Do not count returned orders.',
    hint: 'WITH monthly AS (…) SELECT … FROM monthly. Keep the result as a chart.',
    solution: `with monthly as (
  select date_trunc('month', o.placed_at)::date as month, sum(i.quantity * i.price) as revenue
  from shop.orders o
  join shop.order_items i on i.order_id = o.id
  where o.status <> 'returned'
  group by 1
)
select month, revenue from monthly order by revenue desc limit 3;`,
  },
  {
    title: 'The best of each',
    task: 'In each category, which two products have sold most pieces?',
    hint: 'rank() OVER (PARTITION BY category ORDER BY …), and a query around it that looks at the rank.',
    solution: `with sold as (
  select p.category, p.name, sum(i.quantity) as pieces,
    rank() over (partition by p.category order by sum(i.quantity) desc, p.name) as place
  from shop.products p
  join shop.order_items i on i.product_id = p.id
  group by p.id
)
select category, place, name, pieces from sold where place <= 2 order by category, place;`,
  },
  {
    title: 'Running total',
    task: 'Show each month’s revenue, the revenue of the year so far, and the change to the month before.',
    hint: 'sum(…) OVER (ORDER BY month) runs; lag(…) OVER (ORDER BY month) looks back.',
    solution: `with monthly as (
  select date_trunc('month', o.placed_at)::date as month, sum(i.quantity * i.price) as revenue
  from shop.orders o
  join shop.order_items i on i.order_id = o.id
  group by 1
)
select month, revenue,
  sum(revenue) over (order by month) as so_far,
  revenue - lag(revenue) over (order by month) as change
from monthly
order by month;`,
  },
  {
    title: 'All or nothing',
    task: 'In one transaction: make an order of customer 7, put two pieces of product 3 into it, take them from the stock, look at the result, and then take it all back.',
    hint: 'BEGIN … ROLLBACK. INSERT … RETURNING id inside WITH gives the new order’s id to the next INSERT.',
    solution: `begin;
with fresh as (
  insert into shop.orders (customer_id, status) values (7, 'open') returning id
)
insert into shop.order_items (order_id, product_id, quantity, price)
select fresh.id, p.id, 2, p.price from fresh, shop.products p where p.id = 3;
update shop.products set stock = stock - 2 where id = 3 returning name, stock;
select o.id, i.product_id, i.quantity
from shop.orders o
join shop.order_items i on i.order_id = o.id
where o.customer_id = 7
order by o.id desc
limit 1;
rollback;`,
  },
  {
    title: 'Faster',
    task: 'Look at the plan of a query for the orders of customer 42. Make an index that helps, and look again.',
    hint: 'EXPLAIN (ANALYZE, BUFFERS) SELECT …; the tree shows a Seq Scan before and an index after.',
    solution: `explain (analyze, buffers) select * from shop.orders where customer_id = 42;
create index if not exists orders_customer on shop.orders (customer_id);
explain (analyze, buffers) select * from shop.orders where customer_id = 42;`,
  },
  {
    title: 'From every shelf',
    task: 'Which customers have bought from every category in January 2025 alone?',
    hint: 'Count the different categories of each customer, and compare with how many there are.',
    solution: `select c.name, count(distinct o.id) as orders
from shop.customers c
join shop.orders o on o.customer_id = c.id
join shop.order_items i on i.order_id = o.id
join shop.products p on p.id = i.product_id
where o.placed_at >= '2025-01-01' and o.placed_at < '2025-02-01'
group by c.id
having count(distinct p.category) = (select count(distinct category) from shop.products)
order by c.name;`,
  },
];
