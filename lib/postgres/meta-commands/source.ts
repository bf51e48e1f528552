import { type MetaAnswer, SYNTAX_ERROR } from './answer';
import { literal } from './literal';

/** `\sf name` or `\sf name(types)`: the statement that makes a function, a row for each line. */
export function functionSource(name: string): MetaAnswer {
  if (name === '') return withoutName('\\sf', 'a function, e.g. \\sf add(integer, integer)');
  const type = name.includes('(') ? 'regprocedure' : 'regproc';
  const oid = `${literal(name)}::pg_catalog.${type}::pg_catalog.oid`;
  return lines(`Source of ${name}`, `pg_catalog.pg_get_functiondef(${oid})`);
}

/** `\sv name`: the statement that makes a view, a row for each line. */
export function viewSource(name: string): MetaAnswer {
  if (name === '') return withoutName('\\sv', 'a view');
  const view = `${literal(name)}::pg_catalog.regclass`;
  return lines(
    `Source of ${name}`,
    `'CREATE OR REPLACE VIEW ' || ${view}::pg_catalog.text || E' AS\\n' || pg_catalog.pg_get_viewdef(${view}, true)`,
  );
}

function lines(heading: string, text: string): MetaAnswer {
  const sql = `SELECT l.line AS "Source"
FROM pg_catalog.regexp_split_to_table(pg_catalog.rtrim(${text}, E'\\n'), E'\\n') WITH ORDINALITY AS l(line, number)
ORDER BY l.number`;
  return { kind: 'queries', queries: [{ heading, sql, whenEmpty: { kind: 'leave-out' } }] };
}

function withoutName(command: string, what: string): MetaAnswer {
  return { kind: 'refused', code: SYNTAX_ERROR, text: `${command} needs the name of ${what}.` };
}
