-- Build only: what a visitor's first minutes touch, so that its pages and catalogue entries are in the base state
-- instead of being fetched and computed then. Leaves nothing behind.
SELECT version();
SHOW server_version;
SELECT datname, pg_encoding_to_char(encoding), datcollate FROM pg_database ORDER BY 1;
SELECT n.nspname, c.relname, c.relkind, pg_get_userbyid(c.relowner), obj_description(c.oid, 'pg_class')
  FROM pg_class c LEFT JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND n.nspname !~ '^pg_toast' AND pg_table_is_visible(c.oid)
  ORDER BY 1, 2;
SELECT table_schema, table_name, column_name, data_type, is_nullable, column_default
  FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2, ordinal_position;
SELECT p.proname, pg_get_function_result(p.oid), pg_get_function_arguments(p.oid)
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public';
SELECT extname, extversion FROM pg_extension;
SELECT rolname, rolsuper FROM pg_roles ORDER BY 1;
BEGIN;
CREATE TABLE warm (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, at timestamptz DEFAULT now(),
  price numeric(10, 2), tags text[], doc jsonb, other bigint REFERENCES warm (id));
CREATE INDEX ON warm (name);
CREATE VIEW warm_view AS SELECT name, count(*) AS n FROM warm GROUP BY name;
INSERT INTO warm (name, price, tags, doc)
  SELECT 'name ' || i % 10, i * 1.5, ARRAY['a', i::text], jsonb_build_object('i', i, 's', 'x')
  FROM generate_series(1, 500) AS i;
ANALYZE warm;
SELECT * FROM warm WHERE id = 42;
SELECT name, count(*), sum(price), avg(price), max(at) FROM warm GROUP BY name HAVING count(*) > 1 ORDER BY 2 DESC, 1 LIMIT 5;
SELECT a.id, b.name FROM warm a JOIN warm b ON b.id = a.id + 1 WHERE a.doc ->> 's' = 'x' AND 'a' = ANY (a.tags) LIMIT 10;
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 50) SELECT sum(n) FROM t;
SELECT name, row_number() OVER (PARTITION BY name ORDER BY price DESC) FROM warm ORDER BY name LIMIT 10;
SELECT count(*) FROM generate_series(1, 10000);
SELECT to_char(now(), 'YYYY-MM-DD'), date_trunc('day', now()), 'abc' LIKE 'a%', upper('abc'), length('abc'), substr('abc', 2);
SELECT jsonb_agg(to_jsonb(w)) FROM (SELECT id, name FROM warm LIMIT 3) w;
SELECT attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(d.adbin, d.adrelid)
  FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attrelid = 'warm'::regclass AND attnum > 0;
SELECT pg_get_constraintdef(oid), pg_get_indexdef(conindid) FROM pg_constraint WHERE conrelid = 'warm'::regclass;
SELECT * FROM warm_view;
EXPLAIN (ANALYZE, COSTS) SELECT * FROM warm WHERE name = 'name 1';
UPDATE warm SET price = price + 1 WHERE id < 10;
DELETE FROM warm WHERE id > 490;
DO $$ BEGIN PERFORM 1; END $$;
ROLLBACK;
-- What people type first, whatever it is: a page of the server that nobody has touched costs a visitor the whole binary.
SELECT 6 * 7, 7 / 2, 7 % 2, -1, 2 + 2 - 1, 2 ^ 10, sqrt(2), abs(-1), round(2.5), round(2.555, 2), ceil(1.2), floor(1.8), mod(7, 3),
  1.5 * 2, 1.0 / 3, 10::bigint * 2, 3::float8 / 2, power(2, 3), random() < 2, greatest(1, 2), least(1, 2), sign(-3), trunc(1.9), pi();
SELECT 'a' || 'b' || 1, upper('a'), lower('A'), length('é'), initcap('ab cd'), trim('  a '), lpad('1', 3, '0'), replace('abc', 'b', 'x'),
  split_part('a,b', ',', 2), position('b' IN 'abc'), left('abc', 2), right('abc', 2), repeat('a', 3), reverse('abc'), concat('a', 1, NULL),
  concat_ws(',', 'a', 'b'), format('%s %I %L', 1, 'a b', 'c'), md5('a'), 'abc' ~ 'b.', 'ABC' ILIKE 'a%', regexp_replace('a1', '\d', 'x'),
  substring('abc' FROM 2), strpos('abc', 'c'), ascii('a'), chr(97), to_hex(255), quote_literal('x'), starts_with('abc', 'a'), 'a' < 'b';
SELECT 1 = 1, 1 <> 2, 1 < 2, NULL IS NULL, true AND NOT false OR NULL, coalesce(NULL, 1), nullif(1, 1), CASE WHEN 1 > 0 THEN 'y' ELSE 'n' END,
  1 BETWEEN 0 AND 2, 1 IN (1, 2), 1 = ANY (ARRAY[1, 2]), (1, 'a') = (1, 'a'), '1'::int, 1::text, '1.5'::numeric, 't'::boolean, 1::boolean, '{1,2}'::int[];
SELECT current_date, now(), clock_timestamp(), date '2026-01-31' + 1, now() - interval '1 day 2 hours', age(date '2026-01-01', date '2025-01-01'),
  extract(year FROM now()), date_part('dow', now()), date_trunc('month', now()), to_char(now(), 'YYYY-MM-DD HH24:MI'), to_date('2026-01-01', 'YYYY-MM-DD'),
  '2026-01-01 10:00+02'::timestamptz AT TIME ZONE 'UTC', make_date(2026, 1, 1), current_time, interval '90 min', to_char(1234.5, '9,999.99'), to_timestamp(0);
SELECT current_user, session_user, current_database(), current_schema, pg_backend_pid(), inet '10.0.0.1', gen_random_uuid(), '\x01'::bytea, txid_current(),
  pg_size_pretty(pg_database_size(current_database())), current_setting('work_mem'), pg_typeof(1), version();
SELECT ARRAY[1, 2] || 3, (ARRAY['a', 'b'])[1], array_length(ARRAY[1, 2], 1), unnest(ARRAY[1, 2]), array_to_string(ARRAY[1, 2], ','), cardinality(ARRAY[1]);
SELECT '{"a": [1, {"b": 2}]}'::jsonb -> 'a' -> 1 ->> 'b', '{"a": 1}'::json ->> 'a', jsonb_build_object('a', 1, 'b', ARRAY[1]), '{"a": 1}'::jsonb @> '{"a": 1}',
  jsonb_pretty('{"a": 1}'), row_to_json(t), json_agg(t) OVER () FROM (SELECT 1 AS a, 'x' AS b) t;
SELECT * FROM jsonb_each('{"a": 1, "b": null}'), jsonb_array_elements('[1, 2]'), jsonb_to_recordset('[{"x": 1}]') AS r(x int);
SELECT i, i * i AS square, i::text AS t, i % 2 = 0 AS even FROM generate_series(1, 20) AS i ORDER BY 1 DESC NULLS LAST LIMIT 5 OFFSET 1;
SELECT d::date FROM generate_series(date '2026-01-01', date '2026-03-01', interval '1 month') AS d;
VALUES (1, 'one'), (2, 'two'), (3, NULL);
SELECT 1 UNION SELECT 2 UNION ALL SELECT 2 EXCEPT SELECT 3 INTERSECT SELECT 2 ORDER BY 1;
BEGIN;
CREATE TABLE people (id serial PRIMARY KEY, name varchar(50) NOT NULL UNIQUE, age int CHECK (age >= 0), city text DEFAULT 'Oslo', born date, ok boolean);
CREATE TABLE orders (id int PRIMARY KEY, person_id int REFERENCES people (id) ON DELETE CASCADE, total numeric(10, 2), placed_at timestamp DEFAULT now());
INSERT INTO people (name, age, born, ok) VALUES ('Ada', 36, '1815-12-10', true), ('Bob', 25, NULL, false), ('Eve', 30, '1990-05-05', NULL) RETURNING *;
INSERT INTO orders SELECT i, 1 + i % 3, i * 9.99 FROM generate_series(1, 300) AS i;
INSERT INTO people (name) VALUES ('Ada') ON CONFLICT (name) DO UPDATE SET city = excluded.city RETURNING id, city;
SELECT p.name, count(o.id) AS n, sum(o.total), avg(o.total)::numeric(10, 2), min(o.placed_at), max(o.total), string_agg(o.id::text, ',' ORDER BY o.id)
  FROM people p LEFT JOIN orders o ON o.person_id = p.id WHERE p.age > 20 AND o.total > 10 GROUP BY p.name HAVING count(*) > 1 ORDER BY n DESC, p.name;
SELECT DISTINCT city FROM people; SELECT DISTINCT ON (person_id) person_id, total FROM orders ORDER BY person_id, total DESC;
SELECT count(*), count(DISTINCT person_id), bool_and(total > 0), array_agg(id) FILTER (WHERE id < 4), percentile_cont(0.5) WITHIN GROUP (ORDER BY total) FROM orders;
SELECT person_id, total, rank() OVER w, dense_rank() OVER w, sum(total) OVER (PARTITION BY person_id ORDER BY id), lag(total) OVER w, lead(id) OVER w, ntile(4) OVER w,
  first_value(total) OVER w FROM orders WINDOW w AS (PARTITION BY person_id ORDER BY total DESC) LIMIT 10;
SELECT * FROM people p WHERE EXISTS (SELECT 1 FROM orders o WHERE o.person_id = p.id) AND p.id IN (SELECT person_id FROM orders WHERE total > 100)
  AND p.age > (SELECT avg(age) FROM people) - 10;
SELECT * FROM people a FULL JOIN people b ON a.id = b.id + 1 CROSS JOIN LATERAL (SELECT max(total) FROM orders WHERE person_id = a.id) m ORDER BY 1;
WITH top AS (SELECT person_id, sum(total) AS s FROM orders GROUP BY 1), changed AS (UPDATE orders SET total = total * 1.1 WHERE id < 5 RETURNING id)
  SELECT * FROM top JOIN people ON people.id = person_id, (SELECT count(*) FROM changed) c ORDER BY s DESC;
SELECT city, ok, count(*) FROM people GROUP BY ROLLUP (city, ok); SELECT * FROM orders ORDER BY total DESC LIMIT 3;
CREATE INDEX ON orders (person_id, total); CREATE VIEW adults AS SELECT * FROM people WHERE age >= 18; SELECT * FROM adults;
CREATE MATERIALIZED VIEW totals AS SELECT person_id, sum(total) FROM orders GROUP BY 1; CREATE TEMP TABLE scratch AS SELECT * FROM orders LIMIT 10;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy'); SELECT 'ok'::mood < 'happy'::mood; CREATE SEQUENCE numbers; SELECT nextval('numbers');
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT n * 2'; SELECT twice(21);
CREATE FUNCTION hello(who text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN IF who IS NULL THEN RAISE NOTICE 'nobody'; END IF; RETURN 'Hello ' || who; END $$;
SELECT hello('you'), hello(NULL);
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.placed_at := now(); RETURN NEW; END $$;
CREATE TRIGGER stamped BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION stamp();
UPDATE people SET age = age + 1, city = 'Lima' WHERE name LIKE 'A%' RETURNING *; DELETE FROM orders WHERE id > 290; ALTER TABLE people ADD COLUMN email text, ALTER COLUMN city SET NOT NULL;
SAVEPOINT here; TRUNCATE orders; ROLLBACK TO here; EXPLAIN SELECT * FROM orders WHERE person_id = 1; EXPLAIN (ANALYZE, BUFFERS) SELECT count(*) FROM orders JOIN people ON people.id = person_id;
PREPARE one(int) AS SELECT * FROM orders WHERE id = $1; EXECUTE one(1); DEALLOCATE one; DECLARE c CURSOR FOR SELECT * FROM orders; FETCH 2 FROM c; CLOSE c; LOCK TABLE people;
COMMENT ON TABLE people IS 'people'; GRANT SELECT ON people TO PUBLIC; SET LOCAL work_mem = '8MB'; SHOW work_mem; ANALYZE orders; DROP VIEW adults;
ROLLBACK;
