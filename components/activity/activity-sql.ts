import type { Cell, QueryResult } from '@/lib/postgres/client-types';

/** The session that asks, so that it can leave itself out and others can tell what it is. */
export const ACTIVITY_NAME = 'Warren activity';

/** A client's session, as pg_stat_activity has it. */
export interface SessionRow {
  readonly pid: number;
  readonly user: string;
  readonly database: string;
  readonly application: string;
  /** `active`, `idle`, `idle in transaction`…; empty where this role may not see it. */
  readonly state: string;
  /** What it waits for, e.g. `Lock: relation`; empty when for nothing. */
  readonly waitsFor: string;
  /** Seconds since its query, or its present state, began. */
  readonly sinceSeconds: number;
  /** The query that runs, or the last one; its beginning. */
  readonly query: string;
}

export interface DatabaseSize {
  readonly name: string;
  readonly bytes: number;
}

/** The others' sessions, those that work first. */
export const SESSIONS_SQL = `
select pid, coalesce(usename, ''), coalesce(datname, ''), coalesce(application_name, ''), coalesce(state, ''),
  case when wait_event_type is null or wait_event_type in ('Client', 'Activity') then ''
    else wait_event_type || ': ' || wait_event end,
  coalesce(extract(epoch from clock_timestamp()
    - case when state = 'active' then query_start else coalesce(state_change, backend_start) end), 0),
  left(query, 2000)
from pg_catalog.pg_stat_activity
where backend_type = 'client backend' and pid <> pg_catalog.pg_backend_pid()
order by state = 'active' desc nulls last, state like 'idle in%' desc nulls last, backend_start`;

export const SIZES_SQL = `
select datname, pg_catalog.pg_database_size(oid) from pg_catalog.pg_database
where datallowconn and not datistemplate order by 2 desc, 1`;

export const LIMIT_SQL = `select pg_catalog.current_setting('max_connections')`;

export const CANCEL_SQL = 'select pg_catalog.pg_cancel_backend($1::int)';
export const TERMINATE_SQL = 'select pg_catalog.pg_terminate_backend($1::int)';

export function readSessions({ rows }: QueryResult<Cell[]>): readonly SessionRow[] {
  return rows.map(([pid, user, database, application, state, waitsFor, since, query]) => ({
    pid: Number(pid),
    user: user ?? '',
    database: database ?? '',
    application: application ?? '',
    state: state ?? '',
    waitsFor: waitsFor ?? '',
    sinceSeconds: Math.max(0, Number(since)),
    query: query ?? '',
  }));
}

export function readSizes({ rows }: QueryResult<Cell[]>): readonly DatabaseSize[] {
  return rows.map(([name, bytes]) => ({ name: name ?? '', bytes: Number(bytes) }));
}
