-- Restored after lager.sql: what there is to know of the schema lager, a line each; what it was then; what differs now.
-- Its settings are its own, so that two sessions write the same things alike.
CREATE FUNCTION inventory() RETURNS SETOF text LANGUAGE sql SET timezone = 'UTC' SET search_path = pg_catalog AS $$
SELECT 'artikel ' || a AS line FROM lager.artikel a
UNION ALL SELECT 'kunde ' || k FROM lager.kunde k
UNION ALL SELECT 'bewegung ' || tableoid::regclass || b FROM lager.bewegung b
UNION ALL SELECT 'protokoll ' || p FROM lager.protokoll p
UNION ALL SELECT 'verkauft ' || v FROM lager.verkauft v
UNION ALL SELECT 'uebersicht ' || u FROM lager.uebersicht u
UNION ALL SELECT 'geprüft ' || lager.zaehle('geprüft')
UNION ALL SELECT 'letter ' || convert_from(lo_get(424242), 'UTF8')
UNION ALL SELECT concat_ws(' ', 'relation', relname, relkind, relrowsecurity, relpartbound IS NOT NULL, obj_description(oid, 'pg_class'))
  FROM pg_class WHERE relnamespace = 'lager'::regnamespace
UNION ALL SELECT concat_ws(' ', 'column', c.relname, attname, attnum, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated,
    pg_get_expr(adbin, adrelid), col_description(attrelid, attnum))
  FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
  WHERE relnamespace = 'lager'::regnamespace AND attnum > 0
UNION ALL SELECT concat_ws(' ', 'constraint', conname, convalidated, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace = 'lager'::regnamespace
UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'lager'
UNION ALL SELECT 'view ' || viewname || definition FROM pg_views WHERE schemaname = 'lager'
UNION ALL SELECT 'rule ' || definition FROM pg_rules WHERE schemaname = 'lager'
UNION ALL SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = 'lager.artikel'::regclass AND NOT tgisinternal
UNION ALL SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'lager'::regnamespace
UNION ALL SELECT concat_ws(' ', 'type', typname, typtype, (SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid))
  FROM pg_type t WHERE typnamespace = 'lager'::regnamespace
UNION ALL SELECT concat_ws(' ', 'sequence', sequencename, start_value, increment_by, last_value) FROM pg_sequences WHERE schemaname = 'lager'
UNION ALL SELECT concat_ws(' ', 'policy', policyname, cmd, qual) FROM pg_policies WHERE schemaname = 'lager'
UNION ALL SELECT 'comments ' || concat_ws(', ', obj_description('lager'::regnamespace, 'pg_namespace'), obj_description(424242, 'pg_largeobject'));
$$;
CREATE TABLE truth AS SELECT line FROM inventory() AS line;
CREATE VIEW differences AS
WITH found AS (SELECT line FROM inventory() AS line)
SELECT 'restored: ' || line AS line FROM (TABLE found EXCEPT ALL TABLE truth) AS wrong
UNION ALL SELECT 'dumped: ' || line FROM (TABLE truth EXCEPT ALL TABLE found) AS missing;
