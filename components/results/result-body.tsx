'use client';

import { useMemo } from 'react';
import type { ChartChoice } from '@/lib/notebook/types';
import { ChartView } from '../charts/chart-view';
import { type PlanResult, planOf } from '../plan/plan-of';
import { PlanText } from '../plan/plan-text';
import { PlanTree } from '../plan/plan-tree';
import type { ResultView } from '../query/run-view';
import { Grid } from './grid';
import type { ViewWay } from './view-way';

/** What EXPLAIN gave, once all of it has come. */
export function usePlan(result: ResultView | undefined, whole: boolean): PlanResult | undefined {
  const { columns, rows, rowCount, totalRows } = result ?? {};
  return useMemo(
    () =>
      whole && columns && rows && rowCount !== undefined
        ? planOf({ columns, rows, rowCount, totalRows })
        : undefined,
    [columns, rows, rowCount, totalRows, whole],
  );
}

interface ResultBodyProps {
  result: ResultView;
  complete: boolean;
  plan: PlanResult | undefined;
  way: ViewWay;
  chart: ChartChoice | undefined;
  onChart: (chart: ChartChoice) => void;
}

/** A result in the way that was chosen. */
export function ResultBody(props: ResultBodyProps) {
  const { result, complete, plan, way, chart, onChart } = props;
  if (way === 'tree' && plan?.plan) return <PlanTree plan={plan.plan} />;
  if (way === 'text' && plan) return <PlanText text={plan.text} />;
  if (way === 'chart') return <ChartView result={result} kept={chart} onChoose={onChart} />;
  const { columns, rows, rowCount } = result;
  return <Grid columns={columns} rows={rows} rowCount={rowCount} complete={complete} />;
}
