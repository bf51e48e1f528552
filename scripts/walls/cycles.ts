/** What each room imports, as found. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Groups of rooms that import each other in a circle; none when there is an order to read them in. */
export function findCycles(graph: Graph): string[][] {
  const reachable = new Map([...graph.keys()].map((room) => [room, reach(graph, room)]));
  const cycles: string[][] = [];
  const seen = new Set<string>();
  for (const [room, others] of reachable) {
    if (seen.has(room) || !others.has(room)) continue;
    const circle = [...others].filter((other) => reachable.get(other)?.has(room)).sort();
    for (const member of circle) seen.add(member);
    cycles.push(circle);
  }
  return cycles;
}

/** Everything that can be reached from a room by one import or more. */
function reach(graph: Graph, start: string): Set<string> {
  const reached = new Set<string>();
  const queue = [start];
  for (let room = queue.pop(); room !== undefined; room = queue.pop()) {
    for (const next of graph.get(room) ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      queue.push(next);
    }
  }
  return reached;
}
