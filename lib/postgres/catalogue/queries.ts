/** More relations than a person looks through; the rest is left out, and said so. */
export const MAX_RELATIONS = 5000;
/** About 10 MB in a tab. */
export const MAX_COLUMNS = 60_000;
/** Functions and types together. */
export const MAX_ROUTINES = 6000;
/** Each size costs some ten calls of the file system, which the emulator is slow at. The largest come first. */
const MAX_SIZED = 1000;

export type CatalogueQuery = 'places' | 'relations' | 'columns' | 'keys' | 'routines' | 'sizes';

/**
 * Run when the session opens. Nothing of a person's schemas is on the path, so that an operator somebody made in
 * `public` is never run with the rights of who looks; and nothing here waits long for a lock.
 */
export const SESSION_SETTINGS = `set search_path = pg_catalog;
set lock_timeout = '300ms';
set statement_timeout = '60s';
set default_transaction_read_only = on;
set jit = off`;

const OWN = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;
const ALL = `n.nspname !~ '^pg_(toast|temp_)'`;
/** What PostgreSQL itself made has smaller OIDs (FirstNormalObjectId): an index leaves its thousands of entries out. */
const FIRST_OWN_OID = 16_384;

/** Tables that somebody holds, or waits for, so that whatever opens them waits too. */
const HELD = `select l.relation from pg_catalog.pg_locks l
  where l.locktype = 'relation' and l.mode = 'AccessExclusiveLock' and l.relation is not null`;

/** True when the object belongs to an extension. */
const ofExtension = (catalogue: string, oid: string) => `exists (select from pg_catalog.pg_depend e
    where e.classid = 'pg_catalog.${catalogue}'::regclass and e.objid = ${oid} and e.deptype = 'e')`;

const comment = (catalogue: string, oid: string, part = '0') => `pg_catalog.pg_description d
    on d.objoid = ${oid} and d.classoid = 'pg_catalog.${catalogue}'::regclass and d.objsubid = ${part}`;

/**
 * Six flat statements, to be prepared once a session and sent together. Planning is what the emulator is slow at, so
 * there are few, and each is over tables that have the index it needs. What their columns are stands in `assemble`.
 * @param system PostgreSQL's own schemas too
 */
export function catalogueQueries(system: boolean): Record<CatalogueQuery, string> {
  const shown = system ? ALL : OWN;
  const made = (oid: string) => (system ? shown : `${shown} and ${oid} >= ${FIRST_OWN_OID}`);
  return {
    places: `select 'database', datname::text, case
    when datistemplate then null
    when has_database_privilege(oid, 'CONNECT') or pg_has_role('pg_read_all_stats', 'USAGE')
      then pg_database_size(oid) end::text, (datname = current_database())::text, null
  from pg_catalog.pg_database
union all
select 'schema', n.nspname::text, null, null, d.description
  from pg_catalog.pg_namespace n left join ${comment('pg_namespace', 'n.oid')}
  where ${shown}
union all
select 'extension', x.extname::text, x.extversion, n.nspname::text, d.description
  from pg_catalog.pg_extension x
  join pg_catalog.pg_namespace n on n.oid = x.extnamespace
  left join ${comment('pg_extension', 'x.oid')}`,

    relations: `select c.oid, n.nspname, c.relname, c.relkind, c.relispartition,
    case when c.relkind not in ('v', 'f')
      then coalesce(nullif(pg_stat_get_live_tuples(c.oid), 0), nullif(c.reltuples, -1)::int8) end,
    d.description, ${ofExtension('pg_class', 'c.oid')}
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join ${comment('pg_class', 'c.oid')}
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and ${made('c.oid')}
  order by n.nspname, c.relname limit ${MAX_RELATIONS + 1}`,

    columns: `with held as materialized (${HELD})
select a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
    case when a.attidentity <> '' then 'i' when a.attgenerated <> '' then 'g' when a.atthasdef then 'd' end,
    case when a.atthasdef and a.attrelid not in (select relation from held)
      then pg_get_expr(f.adbin, f.adrelid) end,
    d.description
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_catalog.pg_attrdef f on f.adrelid = a.attrelid and f.adnum = a.attnum
  left join ${comment('pg_class', 'a.attrelid', 'a.attnum')}
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and ${made('c.oid')}
  order by a.attrelid, a.attnum limit ${MAX_COLUMNS + 1}`,

    // A key on a partitioned target has one more row for each of the target's partitions; those say nothing new.
    keys: `with held as materialized (${HELD})
select k.contype, k.conrelid, k.conname::text, k.conkey::text, k.confrelid, k.confkey::text
  from pg_catalog.pg_constraint k
  join pg_catalog.pg_class c on c.oid = k.conrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_class t on t.oid = k.confrelid
  where k.contype in ('p', 'u', 'f') and not (k.conparentid <> 0 and coalesce(t.relispartition, false)) and ${made('k.oid')}
union all
select 'i', i.indrelid, x.relname::text, i.indisunique::text, i.indexrelid,
    case when i.indrelid not in (select relation from held) then pg_get_indexdef(i.indexrelid) end
  from pg_catalog.pg_index i
  join pg_catalog.pg_class x on x.oid = i.indexrelid
  join pg_catalog.pg_namespace n on n.oid = x.relnamespace
  where ${made('i.indexrelid')}`,

    routines: `select * from (
select 'routine', n.nspname::text, p.proname::text, p.prokind::text, pg_get_function_arguments(p.oid),
    pg_get_function_result(p.oid), d.description, ${ofExtension('pg_proc', 'p.oid')}
  from pg_catalog.pg_proc p
  join pg_catalog.pg_namespace n on n.oid = p.pronamespace
  left join ${comment('pg_proc', 'p.oid')}
  where ${made('p.oid')}
union all
select 'type', n.nspname::text, t.typname::text, t.typtype::text,
    (select json_agg(e.enumlabel order by e.enumsortorder)::text from pg_catalog.pg_enum e where e.enumtypid = t.oid),
    null, null, ${ofExtension('pg_type', 't.oid')}
  from pg_catalog.pg_type t
  join pg_catalog.pg_namespace n on n.oid = t.typnamespace
  left join pg_catalog.pg_class c on c.oid = t.typrelid
  where ${made('t.oid')} and (t.typtype in ('e', 'd', 'r') or t.typtype = 'c' and c.relkind = 'c'
    or t.typtype = 'b' and t.typcategory <> 'A')
) as entries limit ${MAX_ROUTINES + 1}`,

    sizes: `with held as materialized (${HELD})
select c.oid, pg_total_relation_size(c.oid)
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'm') and ${made('c.oid')} and c.oid not in (select relation from held)
  order by c.relpages desc limit ${MAX_SIZED}`,
  };
}
