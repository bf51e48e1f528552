import { expect, test } from 'vitest';
import { findCycles } from './cycles';

function cyclesOf(edges: readonly (readonly [string, string])[]): string[][] {
  const graph = new Map<string, Set<string>>();
  for (const [from, to] of edges) graph.set(from, (graph.get(from) ?? new Set()).add(to));
  return findCycles(graph);
}

test('an order in which rooms can be read is no cycle', () => {
  const edges = [
    ['relay', 'lib/mux'],
    ['relay', 'lib/server'],
    ['lib/server', 'lib/mux'],
  ] as const;
  expect(cyclesOf(edges)).toEqual([]);
});

test('a circle is found over several rooms, without the rooms that only lead to it', () => {
  const edges = [
    ['app', 'relay'],
    ['relay', 'lib/server'],
    ['lib/server', 'lib/access'],
    ['lib/access', 'relay'],
    ['relay', 'lib/mux'],
  ] as const;
  expect(cyclesOf(edges)).toEqual([['lib/access', 'lib/server', 'relay']]);
});

test('two circles apart are two', () => {
  const edges = [
    ['a', 'b'],
    ['b', 'a'],
    ['b', 'c'],
    ['c', 'd'],
    ['d', 'c'],
  ] as const;
  expect(cyclesOf(edges)).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
});
