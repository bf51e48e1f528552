import { KEYWORDS } from '@/lib/postgres/catalogue/keywords';
import { quoteIdentifier } from '@/lib/postgres/catalogue/quote-identifier';
import type { Catalogue, Relation, Routine } from '@/lib/postgres/catalogue/types';
import { formatCount } from '../ui/format';
import { BUILT_IN_FUNCTIONS, BUILT_IN_TYPES } from './built-in-functions';
import { joinConditions } from './join-conditions';
import { type Position, positionAt } from './position';
import {
  columnsOf,
  findRelation,
  type Scope,
  type Source,
  type SourceColumn,
  scopeAt,
} from './scope';
import { findSpot } from './sql-tree';

export type SuggestionKind =
  | 'keyword'
  | 'function'
  | 'relation'
  | 'column'
  | 'schema'
  | 'alias'
  | 'type'
  | 'condition';

export interface Suggestion {
  readonly kind: SuggestionKind;
  readonly label: string;
  /** What is written in its place. */
  readonly insert: string;
  /** Parentheses follow, and the cursor goes between them. */
  readonly call: boolean;
  /** One line: the type, what it belongs to. */
  readonly detail: string;
  /** The comment somebody gave it. */
  readonly comment: string | undefined;
  /** Smaller comes first. */
  readonly rank: number;
}

export interface Completion {
  /** What is replaced, in the text: from the beginning of the word that is being written to the place. */
  readonly from: number;
  readonly to: number;
  /** Best first. */
  readonly suggestions: readonly Suggestion[];
  /** There are more than are given: ask again when more is written. */
  readonly more: boolean;
}

/** More than anybody reads, few enough for the editor to sort while somebody types. */
const MAX_SUGGESTIONS = 300;
/** Without a FROM clause all columns are offered, if they are so few. */
const MAX_LOOSE_COLUMNS = 2000;

/** Keywords that may begin a statement. */
const BEGINNINGS =
  'select,insert into,update,delete from,with,create table,create view,create index,create function,create type,create schema,create extension,alter table,drop table,drop view,explain,explain analyze,begin,commit,rollback,truncate,copy,merge into,analyze,vacuum,grant,revoke,comment on,values,table,do,call,set,show,savepoint,refresh materialized view,listen,notify,lock table'.split(
    ',',
  );
/** What most often continues a query. */
const CONTINUATIONS =
  'from,where,join,left join,right join,full join,cross join,inner join,on,using,group by,order by,having,limit,offset,and,or,as,asc,desc,union,union all,intersect,except,returning,values,set,on conflict,in,is null,is not null,like,ilike,between,then,else,end,over,filter'.split(
    ',',
  );
const OPENERS = 'distinct,case,not,exists,null,true,false,select,interval,array,any,all,cast'.split(
  ',',
);

/** What may be written at `offset`. Works on text in any state of being written, and never throws. */
export function complete(
  sql: string,
  offset: number,
  catalogue: Catalogue | undefined,
): Completion {
  const none: Completion = { from: offset, to: offset, suggestions: [], more: false };
  const spot = findSpot(sql, offset);
  if (spot.kind === 'nothing') return none;
  const scope = scopeAt(spot.path, spot.before, catalogue);
  const position = positionAt(spot.path, spot.before);
  const list = new List(spot.prefix, spot.quoted, spot.called);
  offer(list, position, scope, catalogue);
  return { from: spot.from, to: offset, ...list.best() };
}

function offer(
  list: List,
  position: Position,
  scope: Scope,
  catalogue: Catalogue | undefined,
): void {
  switch (position.kind) {
    case 'nothing':
      break;
    case 'statement':
      list.keywords(BEGINNINGS, 10);
      break;
    case 'schema':
      offerSchemas(list, catalogue, 10);
      break;
    case 'type':
      offerTypes(list, catalogue);
      break;
    case 'function':
      offerRoutines(list, catalogue, 10);
      break;
    case 'relation':
      for (const { name } of scope.commonTables) list.add('relation', name, 'with', 5);
      offerRelations(list, catalogue);
      offerSchemas(list, catalogue, 40);
      list.keywords(['select', 'lateral', 'only', 'if exists'], 60);
      offerTableFunctions(list, catalogue);
      break;
    case 'member':
      offerMembers(list, position, scope, catalogue);
      break;
    case 'after-as':
      list.keywords(['select', 'with', 'values', 'materialized', 'not materialized'], 10);
      break;
    case 'join-condition':
      for (const condition of joinConditions(scope.sources)) list.condition(condition);
      offerValues(list, scope, catalogue, 'operator');
      break;
    case 'value':
      offerValues(list, scope, catalogue, position.after);
      break;
    default:
      position satisfies never;
  }
}

function offerValues(
  list: List,
  scope: Scope,
  catalogue: Catalogue | undefined,
  after: 'operator' | 'operand',
): void {
  const operand = after === 'operand';
  // After a complete value a keyword is likelier than anything else; a name may still be a correction.
  const base = operand ? 30 : 10;
  scope.sources.forEach((source, index) => {
    offerColumns(list, source, base + Math.min(index, 5));
  });
  for (const { alias } of scope.sources)
    if (alias !== '') list.add('alias', alias, 'table', base + 8);
  if (scope.sources.length === 0) offerLooseColumns(list, catalogue, base + 6);
  list.keywords(CONTINUATIONS, operand ? 10 : 45);
  list.keywords(OPENERS, operand ? 50 : 28);
  offerRoutines(list, catalogue, base + 10);
  list.keywords(KEYWORDS, 60);
  offerSchemas(list, catalogue, 55);
}

function offerColumns(list: List, source: Source, rank: number): void {
  for (const column of source.columns) list.column(column, source.alias, rank);
}

/** Somebody begins with `select` and does not know the table yet. */
function offerLooseColumns(list: List, catalogue: Catalogue | undefined, rank: number): void {
  let count = 0;
  for (const schema of catalogue?.schemas ?? []) {
    if (schema.system) continue;
    for (const relation of schema.relations) {
      if (relation.kind === 'partition' || relation.ofExtension) continue;
      count += relation.columns.length;
      if (count > MAX_LOOSE_COLUMNS) return;
      for (const column of columnsOf(relation)) list.column(column, relation.name, rank);
    }
  }
}

function offerMembers(
  list: List,
  { of, relations }: { readonly of: readonly string[]; readonly relations: boolean },
  scope: Scope,
  catalogue: Catalogue | undefined,
): void {
  const name = of[of.length - 1] ?? '';
  if (of.length === 1 && !relations) {
    const source = scope.sources.find(({ alias }) => alias === name);
    if (source) {
      offerColumns(list, source, 10);
      list.star();
      return;
    }
  }
  const relation = findRelation(catalogue, of.length > 1 ? of[of.length - 2] : undefined, name);
  if (relation && !relations) {
    for (const column of columnsOf(relation)) list.column(column, relation.name, 10);
  }
  const schema = of.length === 1 && catalogue?.schemas.find((entry) => entry.name === name);
  if (!schema) return;
  for (const entry of schema.relations) list.relation(entry, quoteIdentifier(entry.name), 20);
  for (const routine of schema.routines) list.routine(routine, quoteIdentifier(routine.name), 30);
  for (const type of schema.types) list.add('type', type.name, type.kind, 40);
}

function offerRelations(list: List, catalogue: Catalogue | undefined): void {
  for (const schema of catalogue?.schemas ?? []) {
    const [here, system] = [schema.name === 'public', schema.system];
    for (const relation of schema.relations) {
      const name = quoteIdentifier(relation.name);
      const written =
        here || schema.name === 'pg_catalog' ? name : `${quoteIdentifier(schema.name)}.${name}`;
      const behind = (relation.kind === 'partition' ? 4 : 0) + (relation.ofExtension ? 6 : 0);
      list.relation(relation, written, behind + (here ? 10 : system ? 30 : 20));
    }
  }
}

/** Functions whose result is a table. */
function offerTableFunctions(list: List, catalogue: Catalogue | undefined): void {
  for (const routine of BUILT_IN_FUNCTIONS) {
    if (routine.returns.startsWith('set of')) list.builtIn(routine, 50);
  }
  for (const { name, routines } of catalogue?.schemas ?? []) {
    for (const routine of routines) {
      if (/^(SETOF|TABLE)/.test(routine.returns))
        list.routine(routine, written(name, routine.name), 48);
    }
  }
}

function offerRoutines(list: List, catalogue: Catalogue | undefined, rank: number): void {
  for (const routine of BUILT_IN_FUNCTIONS) list.builtIn(routine, rank + 4);
  for (const { name, routines } of catalogue?.schemas ?? []) {
    for (const routine of routines) {
      const behind = routine.ofExtension || name === 'pg_catalog' ? 20 : 0;
      list.routine(routine, written(name, routine.name), rank + behind);
    }
  }
}

function written(schema: string, name: string): string {
  const usual = schema === 'public' || schema === 'pg_catalog';
  return usual ? quoteIdentifier(name) : `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

function offerSchemas(list: List, catalogue: Catalogue | undefined, rank: number): void {
  for (const { name, system } of catalogue?.schemas ?? []) {
    list.add('schema', name, 'schema', system ? rank + 5 : rank);
  }
}

function offerTypes(list: List, catalogue: Catalogue | undefined): void {
  for (const type of BUILT_IN_TYPES) list.plain('type', type, '', 20);
  for (const { name, types } of catalogue?.schemas ?? []) {
    for (const type of types) {
      const detail = type.labels.length > 0 ? `enum: ${type.labels.join(', ')}` : type.kind;
      list.plain('type', written(name, type.name), detail, type.ofExtension ? 25 : 10);
    }
  }
}

/** Gathers what fits the beginning of the word, the better of two that say the same. */
class List {
  private readonly found = new Map<string, Suggestion>();
  private readonly needle: string;

  constructor(
    prefix: string,
    private readonly quoted: boolean,
    private readonly called: boolean,
  ) {
    this.needle = prefix.toLowerCase();
  }

  best(): { suggestions: Suggestion[]; more: boolean } {
    const all = [...this.found.values()].sort(
      (a, b) => a.rank - b.rank || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0),
    );
    return { suggestions: all.slice(0, MAX_SUGGESTIONS), more: all.length > MAX_SUGGESTIONS };
  }

  keywords(words: readonly string[], rank: number): void {
    words.forEach((word, index) => {
      // In the order given, within the rank.
      if (!this.quoted) this.plain('keyword', word, '', rank + index / 1000);
    });
  }

  add(kind: SuggestionKind, name: string, detail: string, rank: number): void {
    this.put({
      kind,
      label: name,
      insert: this.quote(name),
      call: false,
      detail,
      comment: undefined,
      rank,
    });
  }

  /** What is written as it is called. */
  plain(kind: SuggestionKind, text: string, detail: string, rank: number): void {
    this.put({ kind, label: text, insert: text, call: false, detail, comment: undefined, rank });
  }

  star(): void {
    if (!this.quoted) this.plain('column', '*', 'all columns', 50);
  }

  condition(text: string): void {
    if (!this.quoted) this.plain('condition', text, 'foreign key', 1);
  }

  column({ name, type, column }: SourceColumn, owner: string, rank: number): void {
    if (name === '') return;
    const detail = [type, column?.notNull ? 'not null' : undefined, owner && `· ${owner}`];
    const insert = this.quote(name);
    const text = detail.filter(Boolean).join(' ');
    this.put({
      kind: 'column',
      label: name,
      insert,
      call: false,
      detail: text,
      comment: column?.comment,
      rank,
    });
  }

  relation(relation: Relation, insert: string, rank: number): void {
    const { name, kind, comment } = relation;
    const detail = `${RELATION_NAMES[kind]}${rowsOf(relation)}${relation.schema === 'public' ? '' : ` · ${relation.schema}`}`;
    this.put({
      kind: 'relation',
      label: name,
      insert: this.quoted ? this.quote(name) : insert,
      call: false,
      detail,
      comment,
      rank,
    });
  }

  routine({ name, parameters, returns, comment }: Routine, insert: string, rank: number): void {
    const detail = `(${parameters})${returns === '' ? '' : ` → ${returns}`}`;
    this.put({ kind: 'function', label: name, insert, call: !this.called, detail, comment, rank });
  }

  builtIn({ name, parameters, returns }: (typeof BUILT_IN_FUNCTIONS)[number], rank: number): void {
    const detail = `(${parameters}) → ${returns}`;
    this.put({
      kind: 'function',
      label: name,
      insert: name,
      call: !this.called,
      detail,
      comment: undefined,
      rank,
    });
  }

  private quote(name: string): string {
    return this.quoted ? `"${name.replaceAll('"', '""')}"` : quoteIdentifier(name);
  }

  private put(suggestion: Suggestion): void {
    const { label, kind, insert, rank } = suggestion;
    const lower = label.toLowerCase();
    if (!lower.includes(this.needle)) return;
    // What only contains the beginning comes after what begins with it.
    const fitting = lower.startsWith(this.needle) ? rank : rank + 100;
    const key = kind === 'column' || kind === 'relation' ? `${kind} ${insert}` : label;
    const present = this.found.get(key);
    if (!present || present.rank > fitting) this.found.set(key, { ...suggestion, rank: fitting });
  }
}

const RELATION_NAMES: Record<Relation['kind'], string> = {
  table: 'table',
  partitioned: 'partitioned table',
  partition: 'partition',
  foreign: 'foreign table',
  view: 'view',
  materialised: 'materialized view',
};

function rowsOf({ rows }: Relation): string {
  return rows === undefined ? '' : `, about ${formatCount(rows)} rows`;
}
