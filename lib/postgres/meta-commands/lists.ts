import type { MetaQuery } from './answer';
import { type NamePattern, type PatternColumns, patternConditions } from './pattern';

/** What a listing was asked for: `\dt+S pattern`. */
export interface ListOptions {
  readonly pattern: NamePattern | undefined;
  /** `+`: more columns. */
  readonly plus: boolean;
  /** `S`, or a pattern: PostgreSQL's own objects, too. */
  readonly system: boolean;
}

interface List {
  readonly heading: string;
  /** For an empty result, e.g. `tables`. */
  readonly things: string;
  /** `[expression, heading]`. */
  readonly columns: readonly (readonly [string, string])[];
  readonly plusColumns?: readonly (readonly [string, string])[];
  readonly from: string;
  readonly where?: readonly string[];
  /** Conditions that leave out PostgreSQL's own objects. */
  readonly own?: readonly string[];
  readonly pattern: PatternColumns;
  /** Numbers of the columns; the first two unless told. */
  readonly orderBy?: string;
}

const OWN_SCHEMAS = [
  `n.nspname <> 'pg_catalog'`,
  `n.nspname <> 'information_schema'`,
  `n.nspname !~ '^pg_toast'`,
];

const RELATION_KINDS: Readonly<
  Record<string, { readonly kinds: string; readonly things: string }>
> = {
  t: { kinds: `'r','p'`, things: 'tables' },
  v: { kinds: `'v'`, things: 'views' },
  m: { kinds: `'m'`, things: 'materialized views' },
  i: { kinds: `'i','I'`, things: 'indexes' },
  s: { kinds: `'S'`, things: 'sequences' },
  E: { kinds: `'f'`, things: 'foreign tables' },
};

/** A relation's kind in words; `c` is pg_class. */
export const RELATION_KIND = `CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table'
    WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'i' THEN 'index' WHEN 'I' THEN 'partitioned index'
    WHEN 'S' THEN 'sequence' WHEN 't' THEN 'TOAST table' WHEN 'f' THEN 'foreign table'
    WHEN 'c' THEN 'composite type' END`;

/** @param letters of `tvmisE`; none means all that hold rows, and sequences */
export function relationList(letters: string, options: ListOptions): MetaQuery {
  const asked = letters === '' ? ['t', 'v', 'm', 's', 'E'] : [...new Set(letters)];
  const kinds = asked.flatMap((letter) => RELATION_KINDS[letter] ?? []);
  const things = letters === '' ? 'relations' : kinds.map((kind) => kind.things).join(' and ');
  const withTable = asked.includes('i');
  return query(
    {
      heading: heading(things),
      things,
      columns: [
        ['n.nspname', 'Schema'],
        ['c.relname', 'Name'],
        [RELATION_KIND, 'Type'],
        ['pg_catalog.pg_get_userbyid(c.relowner)', 'Owner'],
        ...(withTable ? ([['t.relname', 'Table']] as const) : []),
      ],
      plusColumns: [
        [
          `CASE c.relpersistence WHEN 'p' THEN 'permanent' WHEN 't' THEN 'temporary' WHEN 'u' THEN 'unlogged' END`,
          'Persistence',
        ],
        ['am.amname', 'Access method'],
        ['pg_catalog.pg_size_pretty(pg_catalog.pg_table_size(c.oid))', 'Size'],
        [`pg_catalog.obj_description(c.oid, 'pg_class')`, 'Description'],
      ],
      from: `pg_catalog.pg_class c
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
  LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
  LEFT JOIN pg_catalog.pg_class t ON t.oid = i.indrelid`,
      where: [`c.relkind IN (${kinds.map((kind) => kind.kinds).join(',')})`],
      own: OWN_SCHEMAS,
      pattern: {
        name: 'c.relname',
        schema: 'n.nspname',
        visible: 'pg_catalog.pg_table_is_visible(c.oid)',
      },
    },
    options,
  );
}

/** @param kinds of `anptw`, as in `\dfp`; none means all */
export function functionList(kinds: string, options: ListOptions): MetaQuery {
  const prokinds = [...kinds.matchAll(/[apw]/g)].map(([kind]) => `p.prokind = '${kind}'`);
  if (kinds.includes('n')) {
    prokinds.push(`(p.prokind = 'f' AND p.prorettype <> 'pg_catalog.trigger'::pg_catalog.regtype)`);
  }
  if (kinds.includes('t')) {
    prokinds.push(`p.prorettype = 'pg_catalog.trigger'::pg_catalog.regtype`);
  }
  return query(
    {
      heading: 'Functions',
      things: 'functions',
      columns: [
        ['n.nspname', 'Schema'],
        ['p.proname', 'Name'],
        ['pg_catalog.pg_get_function_result(p.oid)', 'Result type'],
        ['pg_catalog.pg_get_function_arguments(p.oid)', 'Arguments'],
        [
          `CASE p.prokind WHEN 'a' THEN 'aggregate' WHEN 'w' THEN 'window' WHEN 'p' THEN 'procedure' ELSE 'function' END`,
          'Type',
        ],
      ],
      plusColumns: [
        [
          `CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END`,
          'Volatility',
        ],
        [
          `CASE p.proparallel WHEN 'r' THEN 'restricted' WHEN 's' THEN 'safe' ELSE 'unsafe' END`,
          'Parallel',
        ],
        ['pg_catalog.pg_get_userbyid(p.proowner)', 'Owner'],
        [`CASE WHEN p.prosecdef THEN 'definer' ELSE 'invoker' END`, 'Security'],
        ['l.lanname', 'Language'],
        [`pg_catalog.obj_description(p.oid, 'pg_proc')`, 'Description'],
      ],
      from: `pg_catalog.pg_proc p
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  LEFT JOIN pg_catalog.pg_language l ON l.oid = p.prolang`,
      where: prokinds.length > 0 ? [`(${prokinds.join(' OR ')})`] : [],
      own: OWN_SCHEMAS.slice(0, 2),
      pattern: {
        name: 'p.proname',
        schema: 'n.nspname',
        visible: 'pg_catalog.pg_function_is_visible(p.oid)',
      },
      orderBy: '1, 2, 4',
    },
    options,
  );
}

export function typeList(options: ListOptions): MetaQuery {
  return query(
    {
      heading: 'Data types',
      things: 'data types',
      columns: [
        ['n.nspname', 'Schema'],
        ['pg_catalog.format_type(t.oid, NULL)', 'Name'],
        [
          `(SELECT pg_catalog.string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder)
    FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid)`,
          'Elements',
        ],
        [`pg_catalog.obj_description(t.oid, 'pg_type')`, 'Description'],
      ],
      plusColumns: [
        ['t.typname', 'Internal name'],
        [
          `CASE WHEN t.typrelid <> 0 THEN 'tuple' WHEN t.typlen < 0 THEN 'variable' ELSE t.typlen::pg_catalog.text END`,
          'Size',
        ],
        ['pg_catalog.pg_get_userbyid(t.typowner)', 'Owner'],
      ],
      from: `pg_catalog.pg_type t
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace`,
      where: [
        `(t.typrelid = 0 OR (SELECT c.relkind = 'c' FROM pg_catalog.pg_class c WHERE c.oid = t.typrelid))`,
        'NOT EXISTS (SELECT 1 FROM pg_catalog.pg_type e WHERE e.oid = t.typelem AND e.typarray = t.oid)',
      ],
      own: OWN_SCHEMAS.slice(0, 2),
      pattern: {
        name: 't.typname',
        otherName: 'pg_catalog.format_type(t.oid, NULL)',
        schema: 'n.nspname',
        visible: 'pg_catalog.pg_type_is_visible(t.oid)',
      },
    },
    options,
  );
}

export function schemaList(options: ListOptions): MetaQuery {
  return query(
    {
      heading: 'Schemas',
      things: 'schemas',
      columns: [
        ['n.nspname', 'Name'],
        ['pg_catalog.pg_get_userbyid(n.nspowner)', 'Owner'],
      ],
      plusColumns: [
        [`pg_catalog.array_to_string(n.nspacl, E'\\n')`, 'Access privileges'],
        [`pg_catalog.obj_description(n.oid, 'pg_namespace')`, 'Description'],
      ],
      from: 'pg_catalog.pg_namespace n',
      own: [`n.nspname !~ '^pg_'`, `n.nspname <> 'information_schema'`],
      pattern: { name: 'n.nspname' },
      orderBy: '1',
    },
    options,
  );
}

const ROLE_ATTRIBUTES: readonly (readonly [string, string])[] = [
  ['r.rolsuper', 'Superuser'],
  ['NOT r.rolinherit', 'No inheritance'],
  ['r.rolcreaterole', 'Create role'],
  ['r.rolcreatedb', 'Create DB'],
  ['NOT r.rolcanlogin', 'Cannot login'],
  ['r.rolreplication', 'Replication'],
  ['r.rolbypassrls', 'Bypass RLS'],
];

export function roleList(options: ListOptions): MetaQuery {
  const attributes = ROLE_ATTRIBUTES.map(
    ([condition, text]) => `CASE WHEN ${condition} THEN '${text}' END`,
  );
  return query(
    {
      heading: 'Roles',
      things: 'roles',
      columns: [
        ['r.rolname', 'Role name'],
        [`pg_catalog.concat_ws(', ', ${attributes.join(', ')})`, 'Attributes'],
        [
          `(SELECT pg_catalog.string_agg(b.rolname, ', ' ORDER BY b.rolname)
    FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles b ON b.oid = m.roleid WHERE m.member = r.oid)`,
          'Member of',
        ],
      ],
      plusColumns: [[`pg_catalog.shobj_description(r.oid, 'pg_authid')`, 'Description']],
      from: 'pg_catalog.pg_roles r',
      own: [`r.rolname !~ '^pg_'`],
      pattern: { name: 'r.rolname' },
      orderBy: '1',
    },
    options,
  );
}

export function extensionList(options: ListOptions): MetaQuery {
  return query(
    {
      heading: 'Extensions',
      things: 'extensions',
      columns: [
        ['e.extname', 'Name'],
        ['e.extversion', 'Version'],
        ['n.nspname', 'Schema'],
        [`pg_catalog.obj_description(e.oid, 'pg_extension')`, 'Description'],
      ],
      from: `pg_catalog.pg_extension e
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace`,
      pattern: { name: 'e.extname' },
      orderBy: '1',
    },
    options,
  );
}

export function databaseList(options: ListOptions): MetaQuery {
  return query(
    {
      heading: 'Databases',
      things: 'databases',
      columns: [
        ['d.datname', 'Name'],
        ['pg_catalog.pg_get_userbyid(d.datdba)', 'Owner'],
        ['pg_catalog.pg_encoding_to_char(d.encoding)', 'Encoding'],
        ['d.datcollate', 'Collate'],
        ['d.datctype', 'Ctype'],
        [`pg_catalog.array_to_string(d.datacl, E'\\n')`, 'Access privileges'],
      ],
      plusColumns: [
        [
          `CASE WHEN pg_catalog.has_database_privilege(d.datname, 'CONNECT')
    THEN pg_catalog.pg_size_pretty(pg_catalog.pg_database_size(d.datname)) ELSE 'No access' END`,
          'Size',
        ],
        ['t.spcname', 'Tablespace'],
        [`pg_catalog.shobj_description(d.oid, 'pg_database')`, 'Description'],
      ],
      from: `pg_catalog.pg_database d
  LEFT JOIN pg_catalog.pg_tablespace t ON t.oid = d.dattablespace`,
      pattern: { name: 'd.datname' },
      orderBy: '1',
    },
    options,
  );
}

function query(list: List, { pattern, plus, system }: ListOptions): MetaQuery {
  const columns = [...list.columns, ...(plus ? (list.plusColumns ?? []) : [])];
  const conditions = [
    ...(list.where ?? []),
    ...(system || !list.own ? [] : list.own),
    ...patternConditions(pattern, list.pattern),
  ];
  return {
    heading: list.heading,
    sql: [
      `SELECT ${columns.map(([expression, name]) => `${expression} AS "${name}"`).join(',\n  ')}`,
      `FROM ${list.from}`,
      ...(conditions.length > 0 ? [`WHERE ${conditions.join('\n  AND ')}`] : []),
      `ORDER BY ${list.orderBy ?? '1, 2'}`,
    ].join('\n'),
    whenEmpty: {
      kind: 'say',
      text: pattern ? `No ${list.things} fit this pattern.` : `There are no ${list.things} yet.`,
    },
  };
}

function heading(things: string): string {
  return things.charAt(0).toUpperCase() + things.slice(1);
}
