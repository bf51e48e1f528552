import type { ResultViewChoice } from '@/lib/notebook/types';
import { ROW_NUMBER, suggestChart } from '../charts/suggest';
import type { PlanResult } from '../plan/plan-of';
import type { Column } from './column';

/** The ways to look at a result. */
export type ViewWay = 'grid' | 'chart' | 'tree' | 'text';

export const WAY_NAMES: { readonly [K in ViewWay]: string } = {
  grid: 'Grid',
  chart: 'Chart',
  tree: 'Tree',
  text: 'Text',
};

/** The ways a result can be looked at, the most telling first. */
export function waysOf(plan: PlanResult | undefined): readonly ViewWay[] {
  if (!plan) return ['grid', 'chart'];
  return plan.plan ? ['tree', 'text', 'grid'] : ['text', 'grid'];
}

/** How a result is looked at: as the cell keeps it, when that is a way for this result. */
export function wayOf(choice: ResultViewChoice | undefined, plan: PlanResult | undefined): ViewWay {
  const ways = waysOf(plan);
  const kept = choice?.kind === 'plan' ? choice.as : choice?.kind;
  return ways.find((way) => way === kept) ?? ways[0] ?? 'grid';
}

/** What a cell keeps once somebody chose a way. */
export function choiceOf(way: ViewWay, columns: readonly Column[]): ResultViewChoice {
  switch (way) {
    case 'grid':
      return { kind: 'grid' };
    case 'chart':
      return {
        kind: 'chart',
        ...(suggestChart(columns) ?? { chart: 'bar', x: ROW_NUMBER, y: [] }),
      };
    case 'tree':
    case 'text':
      return { kind: 'plan', as: way };
  }
}
