import type { Catalogue, Relation, Routine } from '@/lib/postgres/catalogue/types';
import { plural } from '../ui/format';
import { findRelation, type Source, scopeAt } from './scope';
import { findSpot, type Group, isSign, nameOf } from './sql-tree';

/** What a word in a statement is. */
export interface Description {
  /** The word, in the text. */
  readonly start: number;
  readonly end: number;
  /** As SQL would say it. */
  readonly code: string;
  /** Sentences and comments; plain text. */
  readonly lines: readonly string[];
}

/** Says what the name at `offset` is; undefined when the catalogue does not know. Never throws. */
export function describe(
  sql: string,
  offset: number,
  catalogue: Catalogue | undefined,
): Description | undefined {
  const end = wordEnd(sql, offset);
  const spot = findSpot(sql, end);
  if (spot.kind === 'nothing' || spot.prefix === '' || !catalogue) return undefined;
  const place = { start: spot.from, end: spot.quoted ? end + 1 : end };
  const name = spot.quoted ? spot.prefix : spot.prefix.toLowerCase();
  const scope = scopeAt(spot.path, spot.before, catalogue);
  const qualifier = qualifierAt(spot.path, spot.before);
  const said =
    describeColumn(name, qualifier, scope.sources) ??
    describeRelation(name, qualifier, scope.sources, catalogue) ??
    describeRoutine(name, qualifier, catalogue);
  return said && { ...place, ...said };
}

type Said = Pick<Description, 'code' | 'lines'>;

/** The end of the word or of the quoted name that the place is in. */
function wordEnd(sql: string, offset: number): number {
  const before = sql.slice(Math.max(0, offset - 200), offset);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const quoted = (line.match(/"/g)?.length ?? 0) % 2 === 1;
  const tail = quoted ? /[^"\r\n]*/y : /[A-Za-z0-9_$\u0080-\uffff]*/y;
  tail.lastIndex = offset;
  return offset + (tail.exec(sql)?.[0].length ?? 0);
}

function qualifierAt(path: readonly Group[], before: number): string | undefined {
  const items = path[path.length - 1]?.items ?? [];
  return isSign(items[before - 1], '.') ? nameOf(items[before - 2]) : undefined;
}

function describeColumn(
  name: string,
  qualifier: string | undefined,
  sources: readonly Source[],
): Said | undefined {
  for (const { alias, relation, columns } of sources) {
    if (qualifier !== undefined && alias !== qualifier) continue;
    const found = columns.find((candidate) => candidate.name === name);
    if (!found) continue;
    const { column, type } = found;
    const lines = column && relation ? factsOf(column.name, relation) : [];
    const owner = relation ? `${relation.schema}.${relation.name}` : alias;
    return {
      code: `${name} ${type ?? ''}${column?.notNull ? ' not null' : ''}`.trim(),
      lines: [`Column of ${owner}.`, ...lines, ...(column?.comment ? [column.comment] : [])],
    };
  }
  return undefined;
}

/** Keys and the default. */
function factsOf(name: string, { columns, keys }: Relation): string[] {
  const facts: string[] = [];
  for (const key of keys) {
    if (!key.columns.includes(name)) continue;
    if (key.kind === 'foreign') {
      const { schema, relation, columns: targets } = key.target;
      facts.push(`References ${schema}.${relation} (${targets.join(', ')}).`);
    } else {
      facts.push(key.kind === 'primary' ? 'Part of the primary key.' : 'Unique.');
    }
  }
  const column = columns.find((candidate) => candidate.name === name);
  if (column?.filled === 'identity') facts.push('Numbered by PostgreSQL.');
  if (column?.expression !== undefined) {
    const generated = column.filled === 'generated' ? 'Computed as' : 'Default';
    facts.push(`${generated}: ${column.expression}`);
  }
  return facts;
}

function describeRelation(
  name: string,
  qualifier: string | undefined,
  sources: readonly Source[],
  catalogue: Catalogue,
): Said | undefined {
  const byAlias = qualifier === undefined ? sources.find(({ alias }) => alias === name) : undefined;
  const relation =
    byAlias?.relation ?? (byAlias ? undefined : findRelation(catalogue, qualifier, name));
  if (!relation) return undefined;
  const { kind, schema, columns, rows, comment } = relation;
  const count = rows === undefined ? '' : `, about ${plural(rows, 'row')}`;
  return {
    code: `${KIND_WORDS[kind]} ${schema}.${relation.name}`,
    lines: [`${plural(columns.length, 'column')}${count}.`, ...(comment ? [comment] : [])],
  };
}

const KIND_WORDS: Record<Relation['kind'], string> = {
  table: 'table',
  partitioned: 'partitioned table',
  partition: 'partition',
  foreign: 'foreign table',
  view: 'view',
  materialised: 'materialized view',
};

/** How many forms of one function are listed. */
const MAX_FORMS = 5;

function describeRoutine(
  name: string,
  qualifier: string | undefined,
  { schemas }: Catalogue,
): Said | undefined {
  const forms = schemas
    .filter((schema) => qualifier === undefined || schema.name === qualifier)
    .flatMap(({ routines }) => routines.filter((routine) => routine.name === name));
  if (forms.length === 0) return undefined;
  const comment = forms.find((form) => form.comment !== undefined)?.comment;
  return { code: forms.slice(0, MAX_FORMS).map(form).join('\n'), lines: comment ? [comment] : [] };
}

function form({ name, parameters, returns }: Routine): string {
  return `${name}(${parameters})${returns === '' ? '' : ` → ${returns}`}`;
}
