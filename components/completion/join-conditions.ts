import { quoteIdentifier } from '@/lib/postgres/catalogue/quote-identifier';
import type { Relation } from '@/lib/postgres/catalogue/types';
import type { Source } from './scope';

/** What the foreign keys between the table joined last and the ones before it say, best first. */
export function joinConditions(sources: readonly Source[]): string[] {
  const joined = sources[sources.length - 1];
  if (!joined?.relation) return [];
  const others = sources.slice(0, -1).reverse();
  return others.flatMap((other) => [...conditions(joined, other), ...conditions(other, joined)]);
}

/** The keys of `from` that point at `to`. */
function conditions(from: Source, to: Source): string[] {
  const keys = from.relation?.keys ?? [];
  return keys.flatMap((key) => {
    if (key.kind !== 'foreign' || !isTarget(key.target, to.relation)) return [];
    const pairs = key.columns.map((column, index) => {
      const target = key.target.columns[index] ?? '';
      return `${member(from, column)} = ${member(to, target)}`;
    });
    return [pairs.join(' and ')];
  });
}

function isTarget(
  target: { readonly schema: string; readonly relation: string },
  relation: Relation | undefined,
): boolean {
  return relation?.schema === target.schema && relation.name === target.relation;
}

function member({ alias }: Source, column: string): string {
  return `${quoteIdentifier(alias)}.${quoteIdentifier(column)}`;
}
