import { type LookedUp, type MetaAnswer, type MetaQuery, UNDEFINED_OBJECT } from './answer';
import { RELATION_KIND } from './lists';
import { type NamePattern, patternConditions } from './pattern';

/** Relations one `\d` describes: more of them make a result nobody reads. */
const MOST_DESCRIBED = 50;

/** Kinds that a pattern fits by accident, being named after their table: indexes and TOAST. */
const BESIDE_TABLES = 'iIt';

/** A relation that fits the pattern; its text came from the server. */
interface Relation {
  readonly oid: string;
  /** Quoted where it has to be, with its schema. */
  readonly name: string;
  readonly kind: string;
  readonly kindName: string;
}

/**
 * `\d pattern`: looks up what fits, then describes all of it in one result each for columns, indexes and so on.
 * @param shown the pattern as it was written
 */
export function describe(pattern: NamePattern, shown: string, plus: boolean): MetaAnswer {
  const conditions = patternConditions(pattern, {
    name: 'c.relname',
    schema: 'n.nspname',
    visible: 'pg_catalog.pg_table_is_visible(c.oid)',
  });
  return {
    kind: 'lookup',
    sql: `SELECT c.oid, pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname), c.relkind,
  ${RELATION_KIND}
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
${conditions.length > 0 ? `WHERE ${conditions.join('\n  AND ')}\n` : ''}ORDER BY n.nspname, c.relname
LIMIT ${MOST_DESCRIBED + 1}`,
    next: (rows) => describeRelations(readRelations(rows), shown, plus),
  };
}

function readRelations(rows: LookedUp): Relation[] {
  return rows.flatMap(([oid, name, kind, kindName]) =>
    oid && name && kind && /^\d+$/.test(oid)
      ? [{ oid, name, kind, kindName: kindName ?? 'relation' }]
      : [],
  );
}

function describeRelations(found: readonly Relation[], shown: string, plus: boolean): MetaAnswer {
  const tables = found.filter(({ kind }) => !BESIDE_TABLES.includes(kind));
  const relations = tables.length > 0 ? tables : found;
  const [only] = relations;
  if (!only) {
    return {
      kind: 'refused',
      code: UNDEFINED_OBJECT,
      text: `Did not find any relation named "${shown}".`,
      hint: '\\d lists those there are; \\d *.name looks in all schemas.',
    };
  }
  if (found.length > MOST_DESCRIBED) {
    return {
      kind: 'refused',
      code: UNDEFINED_OBJECT,
      text: `More than ${MOST_DESCRIBED} relations fit "${shown}".`,
      hint: `Narrow the pattern, or list them with \\dt ${shown}`,
    };
  }
  const alone = relations.length === 1;
  const what = alone ? `${only.kindName} ${only.name}` : `${relations.length} relations`;
  const queries = PARTS.flatMap(({ kinds, onlyPlus, heading, query }) => {
    const oids = relations.filter(({ kind }) => kinds.includes(kind)).map(({ oid }) => oid);
    if (oids.length === 0 || (onlyPlus && !plus)) return [];
    const sql = query({ oids: oids.join(', '), alone, plus });
    return [{ heading: `${heading} ${what}`, sql, whenEmpty: WHEN_EMPTY[heading] ?? LEAVE_OUT }];
  });
  return { kind: 'queries', queries };
}

const LEAVE_OUT: MetaQuery['whenEmpty'] = { kind: 'leave-out' };

/** The columns are shown though there are none: PostgreSQL knows tables without columns. */
const WHEN_EMPTY: Readonly<Record<string, MetaQuery['whenEmpty']>> = {
  'Columns of': { kind: 'say', text: 'It has no columns.' },
};

interface PartOptions {
  /** Numbers joined by commas, never empty. */
  readonly oids: string;
  /** Only one relation: its name is in the heading. */
  readonly alone: boolean;
  readonly plus: boolean;
}

interface Part {
  /** Letters of pg_class.relkind it is asked for. */
  readonly kinds: string;
  readonly onlyPlus?: true;
  readonly heading: string;
  readonly query: (options: PartOptions) => string;
}

/** A leading column that says whose row it is, where that is not clear. */
function owner(expression: string, alone: boolean): string {
  return alone ? '' : `${expression}::pg_catalog.regclass AS "Relation",\n  `;
}

const PARTS: readonly Part[] = [
  { kinds: 'rpvmfct', heading: 'Columns of', query: columns },
  { kinds: 'iI', heading: 'Columns of', query: indexColumns },
  { kinds: 'iI', heading: 'Definition of', query: indexDefinition },
  { kinds: 'S', heading: 'Settings of', query: sequence },
  { kinds: 'rpm', heading: 'Indexes of', query: indexes },
  { kinds: 'rpf', heading: 'Constraints of', query: constraints },
  { kinds: 'rp', heading: 'Foreign keys of', query: foreignKeys },
  { kinds: 'rp', heading: 'Foreign keys to', query: referencedBy },
  { kinds: 'rpvf', heading: 'Triggers of', query: triggers },
  { kinds: 'rp', heading: 'Policies of', query: policies },
  { kinds: 'p', heading: 'Partitions of', query: partitions },
  { kinds: 'vm', onlyPlus: true, heading: 'Definition of', query: viewDefinition },
];

function columns({ oids, alone, plus }: PartOptions): string {
  const more = plus
    ? `,
  CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'x' THEN 'extended' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' END AS "Storage",
  pg_catalog.col_description(a.attrelid, a.attnum) AS "Description"`
    : '';
  return `SELECT ${owner('a.attrelid', alone)}a.attname AS "Column",
  pg_catalog.format_type(a.atttypid, a.atttypmod) AS "Type",
  (SELECT l.collname FROM pg_catalog.pg_collation l, pg_catalog.pg_type t
    WHERE l.oid = a.attcollation AND t.oid = a.atttypid AND a.attcollation <> t.typcollation) AS "Collation",
  CASE WHEN a.attnotnull THEN 'not null' ELSE '' END AS "Nullable",
  CASE WHEN a.attidentity = 'a' THEN 'generated always as identity'
    WHEN a.attidentity = 'd' THEN 'generated by default as identity'
    WHEN a.attgenerated = 's' THEN 'generated always as (' || pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) || ') stored'
    WHEN a.attgenerated = 'v' THEN 'generated always as (' || pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) || ')'
    ELSE pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) END AS "Default"${more}
FROM pg_catalog.pg_attribute a
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attrelid IN (${oids}) AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attrelid::pg_catalog.regclass::pg_catalog.text, a.attnum`;
}

function indexColumns({ oids, alone }: PartOptions): string {
  return `SELECT ${owner('a.attrelid', alone)}a.attname AS "Column",
  pg_catalog.format_type(a.atttypid, a.atttypmod) AS "Type",
  CASE WHEN a.attnum <= i.indnkeyatts THEN 'yes' ELSE 'no' END AS "Key",
  pg_catalog.pg_get_indexdef(a.attrelid, a.attnum::pg_catalog.int4, true) AS "Definition"
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_index i ON i.indexrelid = a.attrelid
WHERE a.attrelid IN (${oids}) AND a.attnum > 0
ORDER BY a.attrelid::pg_catalog.regclass::pg_catalog.text, a.attnum`;
}

function indexDefinition({ oids }: PartOptions): string {
  return `SELECT i.indrelid::pg_catalog.regclass AS "Table",
  pg_catalog.pg_get_indexdef(i.indexrelid) AS "Definition"
FROM pg_catalog.pg_index i
WHERE i.indexrelid IN (${oids})
ORDER BY i.indexrelid::pg_catalog.regclass::pg_catalog.text`;
}

function sequence({ oids, alone }: PartOptions): string {
  return `SELECT ${owner('s.seqrelid', alone)}pg_catalog.format_type(s.seqtypid, NULL) AS "Type",
  s.seqstart AS "Start", s.seqmin AS "Minimum", s.seqmax AS "Maximum", s.seqincrement AS "Increment",
  CASE WHEN s.seqcycle THEN 'yes' ELSE 'no' END AS "Cycles", s.seqcache AS "Cache",
  (SELECT d.refobjid::pg_catalog.regclass::pg_catalog.text || '.' || pg_catalog.quote_ident(a.attname)
    FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = s.seqrelid AND d.deptype IN ('a', 'i')
    LIMIT 1) AS "Owned by"
FROM pg_catalog.pg_sequence s
WHERE s.seqrelid IN (${oids})
ORDER BY s.seqrelid::pg_catalog.regclass::pg_catalog.text`;
}

function indexes({ oids, alone, plus }: PartOptions): string {
  const more = plus
    ? `,
  pg_catalog.pg_size_pretty(pg_catalog.pg_relation_size(i.indexrelid)) AS "Size"`
    : '';
  return `SELECT ${owner('i.indrelid', alone)}c.relname AS "Index",
  CASE WHEN i.indisprimary THEN 'primary key' WHEN i.indisexclusion THEN 'exclusion' WHEN i.indisunique THEN 'unique' ELSE '' END AS "Kind",
  pg_catalog.substring(pg_catalog.pg_get_indexdef(i.indexrelid, 0, true), ' USING (.*)$') AS "Definition",
  CASE WHEN i.indisvalid THEN '' ELSE 'invalid' END AS "State"${more}
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid IN (${oids})
ORDER BY i.indrelid::pg_catalog.regclass::pg_catalog.text, i.indisprimary DESC, c.relname`;
}

function constraints({ oids, alone, plus }: PartOptions): string {
  // PostgreSQL 18 makes a constraint of each NOT NULL, which the columns tell already.
  const kinds = plus ? `'c', 'p', 'u', 'x', 'n'` : `'c', 'p', 'u', 'x'`;
  return `SELECT ${owner('r.conrelid', alone)}r.conname AS "Constraint",
  CASE r.contype WHEN 'c' THEN 'check' WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique'
    WHEN 'x' THEN 'exclusion' WHEN 'n' THEN 'not null' END AS "Kind",
  pg_catalog.pg_get_constraintdef(r.oid, true) AS "Definition"
FROM pg_catalog.pg_constraint r
WHERE r.conrelid IN (${oids}) AND r.contype IN (${kinds})
ORDER BY r.conrelid::pg_catalog.regclass::pg_catalog.text, r.contype <> 'p', r.conname`;
}

function foreignKeys({ oids, alone }: PartOptions): string {
  return `SELECT ${owner('r.conrelid', alone)}r.conname AS "Foreign key",
  r.confrelid::pg_catalog.regclass AS "References",
  pg_catalog.pg_get_constraintdef(r.oid, true) AS "Definition"
FROM pg_catalog.pg_constraint r
WHERE r.conrelid IN (${oids}) AND r.contype = 'f'
ORDER BY r.conrelid::pg_catalog.regclass::pg_catalog.text, r.conname`;
}

function referencedBy({ oids, alone }: PartOptions): string {
  return `SELECT ${owner('r.confrelid', alone)}r.conrelid::pg_catalog.regclass AS "Referenced by",
  r.conname AS "Foreign key",
  pg_catalog.pg_get_constraintdef(r.oid, true) AS "Definition"
FROM pg_catalog.pg_constraint r
WHERE r.confrelid IN (${oids}) AND r.contype = 'f'
ORDER BY r.confrelid::pg_catalog.regclass::pg_catalog.text, r.conrelid::pg_catalog.regclass::pg_catalog.text, r.conname`;
}

function triggers({ oids, alone }: PartOptions): string {
  return `SELECT ${owner('t.tgrelid', alone)}t.tgname AS "Trigger",
  CASE t.tgenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'on replicas' WHEN 'A' THEN 'always' ELSE 'enabled' END AS "State",
  pg_catalog.pg_get_triggerdef(t.oid, true) AS "Definition"
FROM pg_catalog.pg_trigger t
WHERE t.tgrelid IN (${oids}) AND NOT t.tgisinternal
ORDER BY t.tgrelid::pg_catalog.regclass::pg_catalog.text, t.tgname`;
}

function policies({ oids, alone }: PartOptions): string {
  return `SELECT ${owner('p.polrelid', alone)}p.polname AS "Policy",
  CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' ELSE 'all' END AS "For",
  CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END AS "Kind",
  pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS "Using",
  pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) AS "With check"
FROM pg_catalog.pg_policy p
WHERE p.polrelid IN (${oids})
ORDER BY p.polrelid::pg_catalog.regclass::pg_catalog.text, p.polname`;
}

function partitions({ oids, alone }: PartOptions): string {
  return `SELECT ${owner('h.inhparent', alone)}h.inhrelid::pg_catalog.regclass AS "Partition",
  pg_catalog.pg_get_expr(c.relpartbound, c.oid) AS "Bounds"
FROM pg_catalog.pg_inherits h
JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid
WHERE h.inhparent IN (${oids})
ORDER BY h.inhparent::pg_catalog.regclass::pg_catalog.text, c.relname`;
}

function viewDefinition({ oids, alone }: PartOptions): string {
  return `SELECT ${owner('c.oid', alone)}pg_catalog.pg_get_viewdef(c.oid, true) AS "Definition"
FROM pg_catalog.pg_class c
WHERE c.oid IN (${oids})
ORDER BY c.oid::pg_catalog.regclass::pg_catalog.text`;
}
