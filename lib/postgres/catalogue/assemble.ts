import type { Cell } from '../client-types';
import { type CatalogueQuery, MAX_COLUMNS, MAX_RELATIONS, MAX_ROUTINES } from './queries';
import type {
  Catalogue,
  CatalogueColumn,
  DatabaseEntry,
  ExtensionEntry,
  IndexEntry,
  Key,
  Relation,
  RelationKind,
  Routine,
  SchemaEntry,
  TypeEntry,
} from './types';

/** What the queries answered. Each is a snapshot of its own, so a row may speak of what another no longer holds. */
export type CatalogueRows = Record<CatalogueQuery, readonly (readonly Cell[])[]>;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface RelationDraft extends Mutable<Relation> {
  readonly columns: CatalogueColumn[];
  readonly keys: Key[];
  readonly indexes: IndexEntry[];
}

/** A relation with the names of its columns by their numbers, which keys refer to. */
interface Numbered {
  readonly relation: RelationDraft;
  readonly names: Map<string, string>;
}

interface SchemaDraft extends Mutable<SchemaEntry> {
  readonly relations: Relation[];
  readonly routines: Routine[];
  readonly types: TypeEntry[];
}

/** Makes one catalogue of what the queries answered. @param role whom they were asked as */
export function assembleCatalogue(rows: CatalogueRows, role: string): Catalogue {
  const schemas = new Map<string, SchemaDraft>();
  const databases: DatabaseEntry[] = [];
  const extensions: ExtensionEntry[] = [];
  let database = '';
  for (const [what, name, first, second, comment] of rows.places) {
    if (typeof name !== 'string') continue;
    if (what === 'schema') schemas.set(name, emptySchema(name, comment ?? undefined));
    if (what === 'database') {
      databases.push({ name, bytes: first == null ? undefined : Number(first) });
      if (second === 'true') database = name;
    }
    if (what === 'extension') {
      const [version, schema] = [first ?? '', second ?? ''];
      extensions.push({ name, version, schema, comment: comment ?? undefined });
    }
  }
  const relations = addRelations(rows.relations.slice(0, MAX_RELATIONS), schemas);
  addColumns(rows.columns.slice(0, MAX_COLUMNS), relations);
  addKeys(rows.keys, relations);
  addRoutines(rows.routines.slice(0, MAX_ROUTINES), schemas);
  for (const [oid, bytes] of rows.sizes) {
    const numbered = relations.get(oid ?? '');
    if (numbered) numbered.relation.bytes = Number(bytes);
  }
  const byName = (a: { name: string }, b: { name: string }) => compare(a.name, b.name);
  for (const { routines, types } of schemas.values()) {
    routines.sort((a, b) => byName(a, b) || compare(a.parameters, b.parameters));
    types.sort(byName);
  }
  return {
    database,
    role,
    databases: databases.sort(byName),
    schemas: [...schemas.values()].sort((a, b) => rank(a) - rank(b) || byName(a, b)),
    extensions: extensions.sort(byName),
    notes: notesOf(rows),
  };
}

function emptySchema(name: string, comment: string | undefined): SchemaDraft {
  const system = name.startsWith('pg_') || name === 'information_schema';
  return { name, system, comment, relations: [], routines: [], types: [] };
}

function rank({ name, system }: SchemaEntry): number {
  if (name === 'public') return 0;
  return system ? 2 : 1;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function addRelations(
  rows: CatalogueRows['relations'],
  schemas: Map<string, SchemaDraft>,
): Map<string, Numbered> {
  const relations = new Map<string, Numbered>();
  for (const [oid, schema, name, kind, partition, count, comment, ofExtension] of rows) {
    const place = schemas.get(schema ?? '');
    if (!place || typeof oid !== 'string' || typeof name !== 'string') continue;
    const relation: RelationDraft = {
      schema: place.name,
      name,
      kind: partition === 't' ? 'partition' : (RELATION_KINDS[kind ?? ''] ?? 'table'),
      rows: count == null ? undefined : Number(count),
      bytes: undefined,
      comment: comment ?? undefined,
      ofExtension: ofExtension === 't',
      columns: [],
      keys: [],
      indexes: [],
    };
    place.relations.push(relation);
    relations.set(oid, { relation, names: new Map() });
  }
  return relations;
}

const RELATION_KINDS: Record<string, RelationKind> = {
  r: 'table',
  p: 'partitioned',
  v: 'view',
  m: 'materialised',
  f: 'foreign',
};

const FILLED: Record<string, CatalogueColumn['filled']> = {
  i: 'identity',
  g: 'generated',
  d: 'default',
};

function addColumns(rows: CatalogueRows['columns'], relations: Map<string, Numbered>): void {
  for (const [oid, number, name, type, notNull, filled, expression, comment] of rows) {
    const numbered = relations.get(oid ?? '');
    if (!numbered || typeof name !== 'string') continue;
    numbered.names.set(number ?? '', name);
    numbered.relation.columns.push({
      name,
      type: withoutPublic(type ?? ''),
      notNull: notNull === 't',
      filled: FILLED[filled ?? ''] ?? 'by-hand',
      expression: expression ?? undefined,
      comment: comment ?? undefined,
    });
  }
}

function addKeys(rows: CatalogueRows['keys'], relations: Map<string, Numbered>): void {
  for (const [what, oid, name, first, targetOid, last] of rows) {
    const numbered = relations.get(oid ?? '');
    if (!numbered || typeof name !== 'string') continue;
    const { relation } = numbered;
    if (what === 'i') {
      relation.indexes.push({ name, unique: first === 'true', definition: last ?? undefined });
      continue;
    }
    const columns = columnNames(first, numbered);
    if (!columns) continue;
    if (what === 'f') {
      const target = relations.get(targetOid ?? '');
      const targetColumns = target && columnNames(last, target);
      if (!targetColumns) continue;
      const { schema, name: targetName } = target.relation;
      relation.keys.push({
        kind: 'foreign',
        name,
        columns,
        target: { schema, relation: targetName, columns: targetColumns },
      });
    } else {
      relation.keys.push({ kind: what === 'p' ? 'primary' : 'unique', name, columns });
    }
  }
}

/** @param numbers of columns as an array's text, e.g. `{1,3}` */
function columnNames(numbers: Cell | undefined, { names }: Numbered): string[] | undefined {
  const found = (numbers ?? '{}')
    .slice(1, -1)
    .split(',')
    .map((number) => names.get(number));
  return found.every((name) => name !== undefined) ? found : undefined;
}

const ROUTINE_KINDS: Record<string, Routine['kind']> = {
  p: 'procedure',
  a: 'aggregate',
  w: 'window',
};

const TYPE_KINDS: Record<string, TypeEntry['kind']> = {
  e: 'enum',
  d: 'domain',
  c: 'composite',
  r: 'range',
};

function addRoutines(rows: CatalogueRows['routines'], schemas: Map<string, SchemaDraft>): void {
  for (const [what, schemaName, name, kind, first, returns, comment, extension] of rows) {
    const schema = schemas.get(schemaName ?? '');
    if (!schema || typeof name !== 'string') continue;
    const ofExtension = extension === 't';
    if (what === 'type') {
      const labels = first == null ? [] : (JSON.parse(first) as string[]);
      schema.types.push({ name, kind: TYPE_KINDS[kind ?? ''] ?? 'base', labels, ofExtension });
    } else {
      schema.routines.push({
        schema: schema.name,
        name,
        kind: ROUTINE_KINDS[kind ?? ''] ?? 'function',
        parameters: withoutPublic(first ?? ''),
        returns: withoutPublic(returns ?? ''),
        comment: comment ?? undefined,
        ofExtension,
      });
    }
  }
}

/** PostgreSQL writes the schema of every type that is not its own, since nothing else is on the session's path. */
function withoutPublic(types: string): string {
  return types.replace(/(^|[ ,(])public\./g, '$1');
}

function notesOf(rows: CatalogueRows): string[] {
  const notes: string[] = [];
  const tell = (held: readonly unknown[], most: number, what: string) => {
    if (held.length <= most) return;
    notes.push(`Only the first ${most.toLocaleString('en-US')} ${what} are shown.`);
  };
  tell(rows.relations, MAX_RELATIONS, 'tables and views');
  tell(rows.columns, MAX_COLUMNS, 'columns');
  tell(rows.routines, MAX_ROUTINES, 'functions and types');
  return notes;
}
