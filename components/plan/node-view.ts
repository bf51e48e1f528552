import { type Measure, measurePlan, withDescendants } from '@/lib/postgres/plan/measure';
import type { Plan, PlanDetail, PlanNode } from '@/lib/postgres/plan/plan';
import { formatCount } from '../ui/format';

/** A node as the tree shows it. */
export interface NodeView {
  /** Its place: `0.1` is the second input of the first root. */
  readonly id: string;
  readonly parent?: string;
  readonly node: PlanNode;
  readonly measure: Measure;
  /** From 1, as aria-level counts. */
  readonly level: number;
  /** Of the whole plan's time, or of its cost when it did not run: 0 to 1. */
  readonly share: number;
  /** What to look at here, in words. */
  readonly marks: readonly Mark[];
}

export interface Mark {
  readonly text: string;
  readonly tone: 'warn' | 'bad';
}

/** A node with this part of the whole is worth a look. */
const HOT_SHARE = 0.2;
/** A planner that is off by less chooses the same plan, mostly. */
const NOTABLE_FACTOR = 10;
const GRAVE_FACTOR = 100;

/** All nodes of a plan from top to bottom. */
export function nodeViews(plan: Plan): NodeView[] {
  const measures = measurePlan(plan);
  const nodes = plan.roots.flatMap(withDescendants);
  const own = (node: PlanNode) => ownPart(measures.get(node) ?? {}, didRun(plan));
  const total = nodes.reduce((sum, node) => sum + own(node), 0);
  const largest = Math.max(0, ...nodes.map(own));
  const views: NodeView[] = [];
  const add = (node: PlanNode, id: string, level: number, parent: string | undefined): void => {
    const measure = measures.get(node) ?? {};
    const share = total > 0 ? own(node) / total : 0;
    const isLargest = nodes.length > 1 && own(node) === largest;
    views.push({
      id,
      ...(parent !== undefined && { parent }),
      node,
      measure,
      level,
      share,
      marks: marksOf(share, isLargest, measure, didRun(plan)),
    });
    for (const [index, child] of node.children.entries())
      add(child, `${id}.${index}`, level + 1, id);
  };
  for (const [index, root] of plan.roots.entries()) add(root, String(index), 1, undefined);
  return views;
}

/** True when there are times to show, not costs alone. */
export function didRun(plan: Plan): boolean {
  return plan.roots.some(({ actual }) => actual?.kind === 'ran' && actual.totalMs !== undefined);
}

function ownPart({ ownMs, ownCost }: Measure, ran: boolean): number {
  return (ran ? ownMs : ownCost) ?? 0;
}

function marksOf(share: number, isLargest: boolean, measure: Measure, ran: boolean): Mark[] {
  const marks: Mark[] = [];
  if (isLargest && share >= HOT_SHARE) {
    marks.push({ text: ran ? 'slowest' : 'costliest', tone: 'bad' });
  } else if (share >= HOT_SHARE) {
    marks.push({ text: ran ? 'slow' : 'costly', tone: 'warn' });
  }
  const { misestimate } = measure;
  if (misestimate && misestimate.factor >= NOTABLE_FACTOR) {
    marks.push({
      text: `${factorText(misestimate.factor)} ${misestimate.came} rows than planned`,
      tone: misestimate.factor >= GRAVE_FACTOR ? 'bad' : 'warn',
    });
  }
  return marks;
}

/** `3.4×`, `120×`. */
export function factorText(factor: number): string {
  return factor < 10 ? `${factor.toFixed(1)}×` : `${formatCount(Math.round(factor))}×`;
}

/** What decides which rows a node lets through, or how it orders them; and what it read. */
const TELLING =
  /^(Index Cond|Recheck Cond|Filter|Join Filter|Hash Cond|Merge Cond|TID Cond|One-Time Filter|Sort Key|Group Key|Rows Removed by (Join )?Filter|Buffers|Sort Method|Batches|Workers Launched)$/;

/** Parts a node's details into those that are always shown and those for a closer look. */
export function partDetails(details: readonly PlanDetail[]): {
  readonly telling: readonly PlanDetail[];
  readonly others: readonly PlanDetail[];
} {
  return {
    telling: details.filter(({ name }) => TELLING.test(name)),
    others: details.filter(({ name }) => !TELLING.test(name)),
  };
}
