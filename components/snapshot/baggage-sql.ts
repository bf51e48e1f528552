/**
 * One JSON object, as `Baggage` has it. Names come first that people would look for first; no list is longer than
 * what a dialog can show.
 */
export default `
with
  roles as (
    select rolname from pg_catalog.pg_roles
    where rolname !~ '^pg_' and rolname <> all ('{postgres,owner,editor,viewer}')
    order by rolname limit 50
  ),
  settings as (
    select 'the server' as scope, name
    from pg_catalog.pg_file_settings where sourcefile ~ 'postgresql\\.auto\\.conf$'
    union
    select coalesce('role ' || r.rolname, 'database ' || d.datname, 'all roles'), split_part(line, '=', 1)
    from pg_catalog.pg_db_role_setting s
      cross join unnest(s.setconfig) line
      left join pg_catalog.pg_roles r on r.oid = s.setrole
      left join pg_catalog.pg_database d on d.oid = s.setdatabase
    order by 1, 2 limit 50
  ),
  sessions as (
    select coalesce(usename, '') as role, application_name as client,
      round(extract(epoch from clock_timestamp() - xact_start)) as "transactionSeconds"
    from pg_catalog.pg_stat_activity
    where backend_type = 'client backend' and pid <> pg_catalog.pg_backend_pid()
    order by xact_start nulls last limit 50
  ),
  subscriptions as (select subname from pg_catalog.pg_subscription order by subname limit 50),
  servers as (select distinct srvname from pg_catalog.pg_user_mappings order by srvname limit 50),
  databases as (
    select datname from pg_catalog.pg_database
    where not datistemplate and datname <> 'postgres' order by datname limit 50
  )
select json_build_object(
  'roles', (select coalesce(json_agg(rolname), '[]') from roles),
  'settings', (select coalesce(json_agg(settings), '[]') from settings),
  'sessions', (select coalesce(json_agg(sessions), '[]') from sessions),
  'subscriptions', (select coalesce(json_agg(subname), '[]') from subscriptions),
  'foreignServers', (select coalesce(json_agg(srvname), '[]') from servers),
  'databases', (select coalesce(json_agg(datname), '[]') from databases)
)`;
