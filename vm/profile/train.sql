-- What a workshop does: reports, joins, windows, text, JSON, COPY, PL/pgSQL, maintenance. Seconds, not minutes.
CREATE TABLE t AS SELECT i, i % 1000 AS g, md5(i::text) AS s, (i * 1.37)::numeric(12, 2) AS n,
  now() + i * interval '1 second' AS at FROM generate_series(1, 50000) AS i;
CREATE INDEX ON t (g);
ANALYZE t;
SELECT g, count(*), sum(n), avg(i), min(s), max(at) FROM t GROUP BY g ORDER BY 2 DESC LIMIT 20;
SELECT sum(i), sum(i::float8 * 1.5) FROM t;
SELECT * FROM t ORDER BY s LIMIT 100;
SELECT a.i, b.s FROM t a JOIN t b ON b.i = a.g WHERE a.g BETWEEN 1 AND 20;
SELECT s, row_number() OVER (PARTITION BY g ORDER BY n DESC), lag(n) OVER (ORDER BY i) FROM t WHERE g < 20;
COPY t TO '/work/cluster/t.txt';
CREATE TABLE t2 (LIKE t);
COPY t2 FROM '/work/cluster/t.txt';
SELECT count(*) FROM t WHERE s LIKE '%ab%' AND s ~ '[0-9]{3}';
SELECT jsonb_agg(to_jsonb(t)) FROM t WHERE g = 5;
SELECT jsonb_build_object('a', g, 'b', array_agg(s)) FROM t WHERE g < 20 GROUP BY g;
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5000) SELECT sum(n) FROM r;
EXPLAIN ANALYZE SELECT * FROM t a JOIN t b USING (i) WHERE a.g < 10;
DO $$ DECLARE x int := 0; BEGIN FOR i IN 1..20000 LOOP x := x + i % 7; END LOOP; END $$;
DO $$ DECLARE x text; BEGIN FOR k IN 1..500 LOOP EXECUTE 'SELECT s FROM t WHERE i = ' || k INTO x; END LOOP; END $$;
UPDATE t SET n = n + 1 WHERE g < 100;
DELETE FROM t WHERE g > 900;
VACUUM t;
