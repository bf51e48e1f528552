import type { Catalogue, CatalogueColumn, Relation } from '@/lib/postgres/catalogue/types';
import { type Group, type Item, isSign, isWord, nameOf } from './sql-tree';

/** Something that columns come from: a relation, a CTE, a subquery, a function's result. */
export interface Source {
  /** What its columns may be qualified with. */
  readonly alias: string;
  /** Where the catalogue knows it. */
  readonly relation: Relation | undefined;
  readonly columns: readonly SourceColumn[];
}

export interface SourceColumn {
  readonly name: string;
  readonly type: string | undefined;
  readonly column: CatalogueColumn | undefined;
}

export interface CommonTable {
  readonly name: string;
  readonly columns: readonly SourceColumn[];
}

/** What names mean at a place: nearer sources come first. */
export interface Scope {
  readonly sources: readonly Source[];
  readonly commonTables: readonly CommonTable[];
}

/** Subqueries in subqueries beyond this are written by programs. */
const MAX_DEPTH = 6;

const SET_OPERATORS = ['union', 'intersect', 'except'];
/** Words after which the FROM clause is over. */
const AFTER_FROM = new Set([
  'where',
  'group',
  'having',
  'window',
  'order',
  'limit',
  'offset',
  'fetch',
  'for',
  'returning',
  'set',
  'values',
  'select',
  'when',
  'do',
]);
/** Words that cannot be an alias without AS, because the clause goes on with them. */
const NO_ALIAS = new Set([
  ...AFTER_FROM,
  ...SET_OPERATORS,
  'on',
  'using',
  'join',
  'inner',
  'left',
  'right',
  'full',
  'cross',
  'natural',
  'lateral',
  'tablesample',
  'as',
  'default',
  'overriding',
  'with',
  'and',
  'or',
  'from',
  'conflict',
  'add',
  'alter',
  'drop',
  'rename',
]);

/** @param path the groups around the place, outermost first @param offset of the place in the text of the groups */
export function scopeAt(
  path: readonly Group[],
  before: number,
  catalogue: Catalogue | undefined,
): Scope {
  let commonTables: CommonTable[] = [];
  const sources: Source[] = [];
  path.forEach((group, depth) => {
    const next = path[depth + 1];
    const at = next ? group.items.indexOf(next) : before;
    commonTables = [...commonTablesOf(group.items, commonTables, catalogue, 0), ...commonTables];
    const own = sourcesOf(segmentAt(group.items, at), commonTables, catalogue, 0);
    sources.unshift(...own);
  });
  return { sources, commonTables };
}

/** Of `a union b`, the part that the place is in. */
function segmentAt(items: readonly Item[], at: number): readonly Item[] {
  let start = 0;
  let end = items.length;
  items.forEach((item, index) => {
    if (!isWord(item, ...SET_OPERATORS)) return;
    if (index < at) start = index + 1;
    else end = Math.min(end, index);
  });
  return items.slice(start, end);
}

/** The relation that a name means, by its schema if it has one. */
export function findRelation(
  catalogue: Catalogue | undefined,
  schema: string | undefined,
  name: string,
): Relation | undefined {
  for (const entry of catalogue?.schemas ?? []) {
    // Without a schema: what is on the usual path.
    const visible =
      schema === undefined
        ? entry.name === 'public' || entry.name === 'pg_catalog'
        : entry.name === schema;
    const found = visible && entry.relations.find((relation) => relation.name === name);
    if (found) return found;
  }
  return undefined;
}

export function columnsOf(relation: Relation): SourceColumn[] {
  return relation.columns.map((column) => ({ name: column.name, type: column.type, column }));
}

function commonTablesOf(
  items: readonly Item[],
  outer: readonly CommonTable[],
  catalogue: Catalogue | undefined,
  depth: number,
): CommonTable[] {
  const found: CommonTable[] = [];
  let at = items.findIndex((item) => isWord(item, 'with'));
  if (at < 0 || depth > MAX_DEPTH) return found;
  at++;
  if (isWord(items[at], 'recursive')) at++;
  for (;;) {
    const name = nameOf(items[at]);
    if (name === undefined) return found;
    at++;
    let named: string[] | undefined;
    const list = items[at];
    if (list?.kind === 'group') {
      named = namesIn(list);
      at++;
    }
    if (!isWord(items[at], 'as')) return found;
    at++;
    while (isWord(items[at], 'not', 'materialized')) at++;
    const body = items[at];
    if (body?.kind !== 'group') return found;
    const columns = resultColumns(body, [...found, ...outer], catalogue, depth + 1);
    found.push({ name, columns: renamed(columns, named) });
    at++;
    if (!isSign(items[at], ',')) return found;
    at++;
  }
}

function namesIn(list: Group): string[] {
  return list.items.flatMap((item) => {
    const name = nameOf(item);
    return name === undefined ? [] : [name];
  });
}

function renamed(columns: readonly SourceColumn[], names: readonly string[] | undefined) {
  if (!names) return columns;
  return names.map((name, index) => ({ name, type: columns[index]?.type, column: undefined }));
}

/** What FROM, JOIN, UPDATE and INTO of one query name. */
function sourcesOf(
  items: readonly Item[],
  commonTables: readonly CommonTable[],
  catalogue: Catalogue | undefined,
  depth: number,
): Source[] {
  const sources: Source[] = [];
  if (depth > MAX_DEPTH) return sources;
  let inFrom = false;
  let expected = false;
  for (let at = 0; at < items.length; at++) {
    const item = items[at];
    if (isWord(item, 'from') && !isWord(items[at - 1], 'distinct')) {
      inFrom = true;
      expected = true;
    } else if (isWord(item, 'join', 'update', 'into') || opensTable(items, at)) {
      expected = true;
    } else if (isWord(item, 'using') && items[at + 1]?.kind !== 'group') {
      expected = isWord(items[0], 'delete', 'merge');
      inFrom = expected;
    } else if (item?.kind === 'word' && AFTER_FROM.has(item.word)) {
      inFrom = false;
      expected = false;
    } else if (inFrom && isSign(item, ',')) {
      expected = true;
    } else if (expected && !isWord(item, 'only', 'lateral', 'rows')) {
      const read = readSource(items, at, commonTables, catalogue, depth);
      expected = false;
      if (!read) continue;
      sources.push(read.source);
      at = read.next - 1;
    }
  }
  return sources;
}

/** `alter table t`, `create index on t`, `truncate t`, `copy t`: statements about one table. */
function opensTable(items: readonly Item[], at: number): boolean {
  if (isWord(items[at], 'table')) return isWord(items[0], 'alter', 'truncate');
  if (isWord(items[at], 'on'))
    return isWord(items[0], 'create') && !items.some((i) => isWord(i, 'join'));
  return at === 0 && isWord(items[0], 'copy', 'analyze', 'vacuum');
}

function readSource(
  items: readonly Item[],
  start: number,
  commonTables: readonly CommonTable[],
  catalogue: Catalogue | undefined,
  depth: number,
): { source: Source; next: number } | undefined {
  let at = start;
  let name = '';
  let relation: Relation | undefined;
  let columns: readonly SourceColumn[] = [];
  const first = items[at];
  if (first?.kind === 'group') {
    columns = resultColumns(first, commonTables, catalogue, depth + 1);
    at++;
  } else {
    const parts: string[] = [];
    for (;;) {
      const part = nameOf(items[at]);
      if (part === undefined) break;
      parts.push(part);
      at++;
      if (!isSign(items[at], '.')) break;
      at++;
    }
    name = parts[parts.length - 1] ?? '';
    if (name === '' || (parts.length === 1 && NO_ALIAS.has(name))) return undefined;
    const schema = parts.length > 1 ? parts[parts.length - 2] : undefined;
    const common =
      schema === undefined ? commonTables.find((table) => table.name === name) : undefined;
    relation = common ? undefined : findRelation(catalogue, schema, name);
    columns = common?.columns ?? (relation ? columnsOf(relation) : []);
    // A function's arguments, or the columns of INSERT.
    if (items[at]?.kind === 'group') at++;
  }
  if (isWord(items[at], 'as')) at++;
  const alias = aliasAt(items[at]);
  if (alias !== undefined) {
    at++;
    const list = items[at];
    if (list?.kind === 'group') {
      columns = renamed(columns, firstNames(list));
      at++;
    }
  }
  return { source: { alias: alias ?? name, relation, columns }, next: at };
}

function aliasAt(item: Item | undefined): string | undefined {
  const name = nameOf(item);
  return name === undefined || (item?.kind === 'word' && NO_ALIAS.has(name)) ? undefined : name;
}

/** Of `(a integer, b text)`, the names. */
function firstNames(list: Group): string[] {
  return splitAtCommas(list.items).flatMap((part) => nameOf(part[0]) ?? []);
}

function splitAtCommas(items: readonly Item[]): Item[][] {
  const parts: Item[][] = [[]];
  for (const item of items) {
    if (isSign(item, ',')) parts.push([]);
    else parts[parts.length - 1]?.push(item);
  }
  return parts;
}

/** The columns of a query's result, as far as its select list names them. */
function resultColumns(
  query: Group,
  outer: readonly CommonTable[],
  catalogue: Catalogue | undefined,
  depth: number,
): readonly SourceColumn[] {
  if (depth > MAX_DEPTH) return [];
  const commonTables = [...commonTablesOf(query.items, outer, catalogue, depth), ...outer];
  const [single] = query.items;
  if (query.items.length === 1 && single?.kind === 'group') {
    return resultColumns(single, commonTables, catalogue, depth + 1);
  }
  // The first part of a UNION names its columns.
  const items = segmentAt(query.items, 0);
  const values = items[0];
  if (isWord(values, 'values')) {
    const row = items[1];
    const count = row?.kind === 'group' ? splitAtCommas(row.items).length : 0;
    return Array.from({ length: count }, (_, index) => plain(`column${index + 1}`));
  }
  const select = items.findLastIndex((item) => isWord(item, 'select', 'returning'));
  if (select < 0) return [];
  const sources = sourcesOf(items, commonTables, catalogue, depth);
  return splitAtCommas(selectList(items, select + 1)).flatMap((part) => outputOf(part, sources));
}

function selectList(items: readonly Item[], start: number): readonly Item[] {
  let from = start;
  if (isWord(items[from], 'all', 'distinct')) from++;
  if (isWord(items[from], 'on')) from += 2;
  let end = from;
  while (end < items.length) {
    const item = items[end];
    const ends = isWord(item, 'from')
      ? !isWord(items[end - 1], 'distinct')
      : isWord(item, ...AFTER_FROM);
    if (ends || isWord(item, 'into')) break;
    end++;
  }
  return items.slice(from, end);
}

function outputOf(part: readonly Item[], sources: readonly Source[]): SourceColumn[] {
  const last = part[part.length - 1];
  if (isSign(last, '*')) {
    const owner =
      part.length > 2 && isSign(part[part.length - 2], '.')
        ? nameOf(part[part.length - 3])
        : undefined;
    const wanted = owner === undefined ? sources : sources.filter(({ alias }) => alias === owner);
    // `2 *` and the like are half-written expressions.
    return part.length === 1 || owner !== undefined ? wanted.flatMap(({ columns }) => columns) : [];
  }
  const previous = part[part.length - 2];
  const name = nameOf(last);
  if (name !== undefined) {
    if (part.length === 1) return [found(sources, undefined, name)];
    if (isSign(previous, '.')) return [found(sources, nameOf(part[part.length - 3]), name)];
    if (isWord(last, 'end')) return [plain('case')];
    // An alias, with or without AS.
    if (previous?.kind !== 'sign') return [{ ...reference(part.slice(0, -1), sources), name }];
    // The type of a cast: PostgreSQL names the column after what was cast.
    if (previous.text === ':')
      return outputOf(
        part.slice(
          0,
          part.findIndex((item) => isSign(item, ':')),
        ),
        sources,
      );
    return [];
  }
  // A call is named after its function.
  if (last?.kind === 'group') {
    const call = nameOf(previous);
    return call === undefined ? [] : [plain(call)];
  }
  return [];
}

/** The type of `a as b`, where `a` is a column and nothing else. */
function reference(part: readonly Item[], sources: readonly Source[]): SourceColumn {
  const items = isWord(part[part.length - 1], 'as') ? part.slice(0, -1) : part;
  const name = nameOf(items[items.length - 1]);
  if (name === undefined || (items.length !== 1 && items.length !== 3)) return plain('');
  return found(sources, items.length === 3 ? nameOf(items[0]) : undefined, name);
}

function found(sources: readonly Source[], alias: string | undefined, name: string): SourceColumn {
  for (const source of sources) {
    if (alias !== undefined && source.alias !== alias) continue;
    const column = source.columns.find((candidate) => candidate.name === name);
    if (column) return column;
  }
  return plain(name);
}

function plain(name: string): SourceColumn {
  return { name, type: undefined, column: undefined };
}
