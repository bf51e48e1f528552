import type { Plan, PlanNode } from './plan';

/** What one node comes to by itself, and how far the planner was off. */
export interface Measure {
  /** Milliseconds of the whole run spent in this node and its inputs; absent without times. */
  readonly inclusiveMs?: number;
  /** Milliseconds spent in this node alone. */
  readonly ownMs?: number;
  /** The planner's cost of this node alone; absent with COSTS OFF. */
  readonly ownCost?: number;
  /** Absent for what did not run. */
  readonly misestimate?: Misestimate;
}

/** How many times more or fewer rows came than the planner expected; at least 1. */
export interface Misestimate {
  readonly factor: number;
  readonly came: 'more' | 'fewer';
}

/**
 * Measures each node. PostgreSQL tells times per loop with all inputs included; a node's own time is what
 * its inputs do not account for. Times of parallel workers run side by side and are divided by their number.
 * An InitPlan is charged to the node that uses its value, a CTE to the scans that read it.
 */
export function measurePlan(plan: Plan): ReadonlyMap<PlanNode, Measure> {
  const inclusive = new Map<PlanNode, number>();
  for (const root of plan.roots) addInclusive(root, 1, inclusive);
  const charged = new Map<PlanNode, number>();
  for (const root of plan.roots) chargeInputs(root, inclusive, charged);

  const measures = new Map<PlanNode, Measure>();
  for (const node of plan.roots.flatMap(withDescendants)) {
    const inclusiveMs = inclusive.get(node);
    measures.set(node, {
      ...(inclusiveMs !== undefined && {
        inclusiveMs,
        ownMs: Math.max(0, inclusiveMs - (charged.get(node) ?? 0)),
      }),
      ...(node.estimate && { ownCost: ownCost(node) }),
      misestimate: misestimate(node),
    });
  }
  return measures;
}

/** A node, then its inputs from top to bottom as EXPLAIN prints them. */
export function withDescendants(node: PlanNode): PlanNode[] {
  return [node, ...node.children.flatMap(withDescendants)];
}

function addInclusive(node: PlanNode, processes: number, into: Map<PlanNode, number>): void {
  const { actual } = node;
  if (actual?.kind === 'never') into.set(node, 0);
  else if (actual?.totalMs !== undefined) {
    into.set(node, (actual.totalMs * actual.loops) / Math.min(processes, actual.loops || 1));
  }
  const launched = Number(node.details.find(({ name }) => name === 'Workers Launched')?.text ?? 0);
  for (const child of node.children) addInclusive(child, processes + launched, into);
}

function chargeInputs(
  root: PlanNode,
  inclusive: ReadonlyMap<PlanNode, number>,
  charged: Map<PlanNode, number>,
): void {
  const charge = (node: PlanNode, ms: number) => charged.set(node, (charged.get(node) ?? 0) + ms);
  const all = withDescendants(root);
  for (const node of all) {
    for (const child of node.children) {
      const ms = inclusive.get(child) ?? 0;
      if (ms === 0) continue;
      if (child.role?.startsWith('CTE ')) chargeReaders(child, ms, all, inclusive, charge);
      else if (child.role?.startsWith('InitPlan ')) charge(userOf(child, node), ms);
      else charge(node, ms);
    }
  }
}

/** What a CTE took, shared among the scans that read it as they took time. */
function chargeReaders(
  cte: PlanNode,
  ms: number,
  all: readonly PlanNode[],
  inclusive: ReadonlyMap<PlanNode, number>,
  charge: (node: PlanNode, ms: number) => void,
): void {
  const name = cte.role?.slice('CTE '.length) ?? '';
  const readers = all.filter(
    ({ label }) =>
      label.startsWith('CTE Scan on ') && isFirstWord(label.slice('CTE Scan on '.length), name),
  );
  const total = readers.reduce((sum, reader) => sum + (inclusive.get(reader) ?? 0), 0);
  for (const reader of readers) {
    if (total > 0) charge(reader, (ms * (inclusive.get(reader) ?? 0)) / total);
  }
}

function isFirstWord(text: string, word: string): boolean {
  return text === word || text.startsWith(`${word} `) || text.startsWith(`"${word}"`);
}

/** The node that asks for an InitPlan's value: `(InitPlan 1).col1` from PostgreSQL 17 on, `$0` before. */
function userOf(initPlan: PlanNode, parent: PlanNode): PlanNode {
  const role = initPlan.role ?? '';
  const name = /^InitPlan \S+/.exec(role)?.[0] ?? role;
  const values = [`(${name})`, ...(role.match(/\$\d+/g) ?? [])];
  const user = withDescendants(parent).find((node) =>
    node.details.some(({ text }) => values.some((value) => text.includes(value))),
  );
  return user ?? parent;
}

function ownCost({ estimate, children }: PlanNode): number {
  const inputs = children
    .filter(({ role }) => !role)
    .reduce((sum, child) => sum + (child.estimate?.totalCost ?? 0), 0);
  return Math.max(0, (estimate?.totalCost ?? 0) - inputs);
}

function misestimate({ estimate, actual }: PlanNode): Misestimate | undefined {
  if (!estimate || actual?.kind !== 'ran') return undefined;
  // Less than one row makes no difference to a plan, and nothing can be divided by none.
  const expected = Math.max(1, estimate.rows);
  const came = Math.max(1, actual.rows);
  return came >= expected
    ? { factor: came / expected, came: 'more' }
    : { factor: expected / came, came: 'fewer' };
}
