import type { MetaAnswer } from './answer';
import { literal } from './literal';

const COMMANDS: readonly (readonly [string, string])[] = [
  ['\\d', 'tables, views and sequences'],
  ['\\d name', 'a table’s columns, indexes, constraints, foreign keys and triggers'],
  ['\\dt  \\dv  \\dm', 'tables, views, materialized views'],
  ['\\di  \\ds', 'indexes, sequences'],
  ['\\df', 'functions'],
  ['\\dT', 'data types, with the values of enums'],
  ['\\dn', 'schemas'],
  ['\\du', 'roles'],
  ['\\dx', 'extensions'],
  ['\\l', 'databases'],
  ['\\sf name', 'the source of a function'],
  ['\\sv name', 'the source of a view'],
  ['\\conninfo', 'who and where this session is'],
  ['+', 'after a listing: more columns, e.g. \\dt+'],
  ['S', 'after a listing: PostgreSQL’s own objects, too, e.g. \\dtS'],
  ['pattern', 'after a listing: only names that fit; * is anything, ? one character, schema.name'],
];

/** `\?` */
export function help(): MetaAnswer {
  const rows = COMMANDS.map(([command, shows]) => `(${literal(command)}, ${literal(shows)})`);
  return {
    kind: 'queries',
    queries: [
      {
        heading: 'Commands',
        sql: `SELECT c.command AS "Command", c.shows AS "Shows" FROM (VALUES ${rows.join(',\n  ')}) AS c(command, shows)`,
        whenEmpty: { kind: 'leave-out' },
      },
    ],
  };
}

/** `\conninfo` */
export function connectionInfo(): MetaAnswer {
  return {
    kind: 'queries',
    queries: [
      {
        heading: 'This session',
        sql: `SELECT pg_catalog.current_database() AS "Database", session_user AS "User", current_user AS "Acts as",
  pg_catalog.current_setting('server_version') AS "Server version", pg_catalog.pg_backend_pid() AS "Backend PID",
  pg_catalog.current_setting('search_path') AS "Search path"`,
        whenEmpty: { kind: 'leave-out' },
      },
    ],
  };
}
