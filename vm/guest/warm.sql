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
