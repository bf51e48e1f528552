import type { Cell, QueryResult } from '@/lib/postgres/client-types';

/** A setting of the server, as pg_settings has it. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  /** E.g. `kB`, `8kB`, `ms`; empty without. */
  readonly unit: string;
  readonly description: string;
  readonly type: 'bool' | 'enum' | 'integer' | 'real' | 'string';
  readonly lowest: string;
  readonly highest: string;
  /** Of an enum. */
  readonly choices: readonly string[];
  /** When a change takes effect; `internal` ones cannot be changed. */
  readonly context: string;
  readonly source: string;
  /** A change waits for a restart of PostgreSQL. */
  readonly isPending: boolean;
}

export const SETTINGS_SQL = `
select name, coalesce(setting, ''), coalesce(unit, ''), short_desc, vartype, coalesce(min_val, ''),
  coalesce(max_val, ''), coalesce(array_to_string(enumvals, E'\\n'), ''), context, source, pending_restart
from pg_catalog.pg_settings order by name`;

export const RELOAD_SQL = 'select pg_catalog.pg_reload_conf()';
/** Changes once this very session has read the files again. */
export const LOADED_SQL = 'select pg_catalog.pg_conf_load_time()';

export function readSettings({ rows }: QueryResult<Cell[]>): readonly Setting[] {
  return rows.map((row) => {
    const [
      name,
      value,
      unit,
      description,
      type,
      lowest,
      highest,
      choices,
      context,
      source,
      pending,
    ] = row.map((cell) => cell ?? '');
    return {
      name: name ?? '',
      value: value ?? '',
      unit: unit ?? '',
      description: description ?? '',
      type: TYPES.find((one) => one === type) ?? 'string',
      lowest: lowest ?? '',
      highest: highest ?? '',
      choices: choices ? choices.split('\n') : [],
      context: context ?? '',
      source: source ?? '',
      isPending: pending === 't',
    };
  });
}

const TYPES = ['bool', 'enum', 'integer', 'real', 'string'] as const;

/**
 * Settings whose value is a list of names: given as one text, they would be taken for one name with commas in it.
 * As pg_dump has them (variable_is_guc_list_quote).
 */
const NAME_LISTS = new Set([
  'local_preload_libraries',
  'search_path',
  'session_preload_libraries',
  'shared_preload_libraries',
  'temp_tablespaces',
  'unix_socket_directories',
]);

/** The statement that changes a setting for the server, for good. Whatever the value, it is one text. */
export function alterSystem(name: string, value: string): string {
  const values = NAME_LISTS.has(name.toLowerCase()) ? splitNames(value) : [value];
  const list = values.length === 0 ? [''] : values;
  return `ALTER SYSTEM SET ${settingName(name)} = ${list.map(quoteLiteral).join(', ')}`;
}

/** The statement that takes such a change back. */
export function resetSystem(name: string): string {
  return `ALTER SYSTEM RESET ${settingName(name)}`;
}

/** An extension's setting has a point in its name. */
function settingName(name: string): string {
  return name
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.');
}

function quoteLiteral(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}

/** `"$user", public` as its names. A comma within quotes does not part them. */
function splitNames(list: string): string[] {
  // A quote that is never closed: PostgreSQL says so better.
  if ((list.match(/"/g)?.length ?? 0) % 2 === 1) return [list];
  const names = list.match(/\s*(?:"(?:[^"]|"")*"|[^,"]+)+\s*/g) ?? [];
  return names
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) =>
      /^"(?:[^"]|"")*"$/.test(name) ? name.slice(1, -1).replaceAll('""', '"') : name,
    );
}

/** When a change takes effect, for people. */
export function effectOf({ context, source }: Setting): string {
  if (source === 'command line') {
    return 'Given to PostgreSQL when the machine starts it: a change here has no effect.';
  }
  switch (context) {
    case 'internal':
      return 'Fixed when PostgreSQL was built or the database was made.';
    case 'postmaster':
      return 'Takes effect when PostgreSQL is restarted.';
    case 'backend':
    case 'superuser-backend':
      return 'Takes effect in sessions that begin after the change.';
    default:
      return 'Takes effect at once, where a session has not set its own.';
  }
}

/** What somebody sees before searching: what is not as PostgreSQL has it by itself, and what waits. */
function isChanged({ source, isPending }: Setting): boolean {
  return isPending || source === 'configuration file' || source === 'command line';
}

/** Settings whose name or description has all words of the search; names that begin with it first. */
export function searchSettings(settings: readonly Setting[], search: string): readonly Setting[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return settings.filter(isChanged);
  const found = settings.filter(({ name, description }) => {
    const text = `${name} ${description}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const rank = ({ name }: Setting) => {
    const at = name.toLowerCase().indexOf(words.join('_'));
    return at === 0 ? 0 : at > 0 ? 1 : 2;
  };
  return found.toSorted((a, b) => rank(a) - rank(b));
}
