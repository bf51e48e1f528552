import { type Group, type Item, isSign, isWord, nameOf } from './sql-tree';

/** What may come at a place. */
export type Position =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'statement' }
  /** A table, a view; `definition`: in a statement that makes or drops things, so CTEs are out. */
  | { readonly kind: 'relation' }
  /** After `a.` or `a.b.`: what belongs to it. */
  | { readonly kind: 'member'; readonly of: readonly string[]; readonly relations: boolean }
  | { readonly kind: 'type' }
  | { readonly kind: 'function' }
  | { readonly kind: 'schema' }
  | { readonly kind: 'join-condition' }
  /** After AS: a query, or a name that somebody thinks of. */
  | { readonly kind: 'after-as' }
  /** A value: a column, a call; `operand` when one may only be continued, most likely by a keyword. */
  | { readonly kind: 'value'; readonly after: 'operator' | 'operand' };

const RELATION_AFTER = [
  'from',
  'join',
  'update',
  'into',
  'references',
  'only',
  'truncate',
  'analyze',
  'copy',
];
const OF_RELATION = ['table', 'view'];
const OF_FUNCTION = ['function', 'procedure', 'routine', 'call'];
/** After these something is named or valued that is not in the catalogue. */
const VALUE_AFTER = new Set(
  'select distinct all where and or not on having by set returning when then else case between like ilike in is using values limit offset filter over any some exists escape default check if return do with'.split(
    ' ',
  ),
);
const CLAUSE_END = [
  'where',
  'group',
  'having',
  'order',
  'limit',
  'offset',
  'window',
  'returning',
  'set',
  'union',
  'select',
];

/** @param path the groups around the place @param before how many items of the innermost stand before it */
export function positionAt(path: readonly Group[], before: number): Position {
  const inner = path[path.length - 1];
  const items = inner?.items.slice(0, before) ?? [];
  const previous = items[items.length - 1];
  const outer = path[path.length - 2];
  const opening = inner && outer ? outer.items[outer.items.indexOf(inner) - 1] : undefined;
  const root = path[0];
  if (isSign(previous, '.'))
    return memberOf(items, relationComesAfter(withoutName(items), inner, outer));
  if (previous === undefined) return first(path, opening);
  if (isSign(previous, ':')) {
    return isSign(items[items.length - 2], ':') ? { kind: 'type' } : { kind: 'nothing' };
  }
  if (isWord(previous, 'as')) {
    return isWord(opening, 'cast') ? { kind: 'type' } : { kind: 'after-as' };
  }
  if (isWord(previous, 'schema')) return { kind: 'schema' };
  if (isWord(previous, ...OF_FUNCTION)) {
    return isWord(root?.items[0], 'create') ? { kind: 'nothing' } : { kind: 'function' };
  }
  if (isWord(previous, 'on') && joins(items)) return { kind: 'join-condition' };
  if (relationComesAfter(items, inner, outer)) return { kind: 'relation' };
  if (definesColumn(path, items)) return { kind: 'type' };
  if (previous.kind === 'word') {
    return { kind: 'value', after: VALUE_AFTER.has(previous.word) ? 'operator' : 'operand' };
  }
  if (previous.kind === 'sign') {
    // `select *` is as complete as a name.
    const star = isSign(previous, '*') && !isOperand(items[items.length - 2]);
    return { kind: 'value', after: star ? 'operand' : 'operator' };
  }
  return { kind: 'value', after: 'operand' };
}

function first(path: readonly Group[], opening: Item | undefined): Position {
  if (path.length === 1) return { kind: 'statement' };
  if (isWord(opening, 'as', 'from', 'exists', 'materialized', 'lateral', 'join'))
    return { kind: 'statement' };
  if (definesColumns(path)) return { kind: 'nothing' };
  return { kind: 'value', after: 'operator' };
}

/** The names before the last dot, outermost first. */
function memberOf(items: readonly Item[], relations: boolean): Position {
  const of: string[] = [];
  let at = items.length - 1;
  while (isSign(items[at], '.')) {
    const name = nameOf(items[at - 1]);
    if (name === undefined) break;
    of.unshift(name);
    at -= 2;
  }
  return of.length === 0 ? { kind: 'nothing' } : { kind: 'member', of, relations };
}

/** The items before a qualified name that is being written. */
function withoutName(items: readonly Item[]): readonly Item[] {
  let at = items.length - 1;
  while (isSign(items[at], '.')) at -= 2;
  return items.slice(0, at + 1);
}

function relationComesAfter(
  items: readonly Item[],
  inner: Group | undefined,
  outer: Group | undefined,
): boolean {
  const previous = items[items.length - 1];
  if (isWord(previous, ...RELATION_AFTER)) {
    // `is distinct from`, `extract(year from …)`: those take a value.
    if (!isWord(previous, 'from'))
      return !isWord(previous, 'update') || !isWord(items[items.length - 2], 'for', 'on', 'do');
    const call = inner && outer ? outer.items[outer.items.indexOf(inner) - 1] : undefined;
    return (
      !isWord(items[items.length - 2], 'distinct') &&
      !isWord(call, 'extract', 'substring', 'trim', 'overlay')
    );
  }
  if (isWord(previous, ...OF_RELATION))
    return isWord(items[0], 'alter', 'drop', 'truncate', 'comment', 'lock', 'refresh', 'table');
  if (isWord(previous, 'exists') && isWord(items[0], 'drop', 'alter'))
    return items.some((item) => isWord(item, ...OF_RELATION));
  if (isWord(previous, 'using')) return isWord(items[0], 'delete', 'merge');
  if (isWord(previous, 'on')) return isWord(items[0], 'create', 'grant', 'revoke') && !joins(items);
  return isSign(previous, ',') && inFromClause(items);
}

function inFromClause(items: readonly Item[]): boolean {
  const clause = items.findLast((item) => isWord(item, 'from', 'join', 'on', ...CLAUSE_END));
  return isWord(clause, 'from', 'join');
}

function joins(items: readonly Item[]): boolean {
  return items.some((item) => isWord(item, 'join'));
}

/** True in the parentheses of `create table t ( … )`. */
function definesColumns(path: readonly Group[]): boolean {
  const items = path[0]?.items ?? [];
  return (
    path.length === 2 &&
    isWord(items[0], 'create') &&
    items.slice(0, 4).some((item) => isWord(item, 'table'))
  );
}

/** True where a column's type comes: `create table t (name |`, `alter table t add column name |`. */
function definesColumn(path: readonly Group[], items: readonly Item[]): boolean {
  if (nameOf(items[items.length - 1]) === undefined) return false;
  const before = items[items.length - 2];
  if (definesColumns(path)) {
    return (
      (before === undefined || isSign(before, ',')) &&
      !isWord(
        items[items.length - 1],
        'primary',
        'foreign',
        'unique',
        'check',
        'constraint',
        'like',
        'exclude',
      )
    );
  }
  return (
    isWord(before, 'column') &&
    isWord(items[0], 'alter') &&
    items.some((item) => isWord(item, 'add'))
  );
}

function isOperand(item: Item | undefined): boolean {
  if (item?.kind === 'word') return !VALUE_AFTER.has(item.word);
  return item?.kind === 'name' || item?.kind === 'literal' || item?.kind === 'group';
}
