'use client';

import { type ComponentType, useEffect, useMemo, useState } from 'react';
import type { ChartChoice } from '@/lib/notebook/types';
import type { ResultView } from '../query/run-view';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { chartData } from './chart-data';
import type { ChartFigureProps } from './chart-figure';
import { ChartForm } from './chart-form';
import { chartSummary, chartTitle } from './chart-summary';
import { fittingChart } from './suggest';

type Figure =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly Figure: ComponentType<ChartFigureProps> }
  /** Its code could not be fetched. */
  | { readonly kind: 'failed' };

interface ChartViewProps {
  result: ResultView;
  /** What the cell keeps; absent or unfitting: what is suggested. */
  kept: ChartChoice | undefined;
  onChoose: (choice: ChartChoice) => void;
}

export function ChartView({ result, kept, onChoose }: ChartViewProps) {
  const { columns } = result;
  const choice = useMemo(() => fittingChart(columns, kept), [columns, kept]);
  if (!choice) {
    return (
      <p className="p-6 text-center text-muted text-sm text-pretty">
        There is nothing to draw: a chart needs a numeric column.
      </p>
    );
  }
  return (
    <>
      <ChartForm columns={columns} choice={choice} onChoose={onChoose} />
      {result.rowCount === 0 ? (
        <p className="p-6 text-center text-muted text-sm">There is nothing to draw: no rows.</p>
      ) : (
        <Chart result={result} choice={choice} />
      )}
    </>
  );
}

function Chart({ result, choice }: { result: ResultView; choice: ChartChoice }) {
  const { columns, rows, rowCount } = result;
  const [figure, setFigure] = useState<Figure>({ kind: 'loading' });
  const [tries, setTries] = useState(0);
  const data = useMemo(
    () => chartData(columns, rows, rowCount, choice),
    [columns, rows, rowCount, choice],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try loads again
  useEffect(() => {
    let wanted = true;
    import('./chart-figure').then(
      ({ ChartFigure }) => wanted && setFigure({ kind: 'ready', Figure: ChartFigure }),
      () => wanted && setFigure({ kind: 'failed' }),
    );
    return () => {
      wanted = false;
    };
  }, [tries]);
  const title = chartTitle(choice, data);
  return (
    <figure aria-label={title} className="px-3 py-2">
      <p aria-hidden className="truncate pb-1 font-semibold text-[13px]">
        {title}
      </p>
      <div className="min-h-[320px]">
        {figure.kind === 'loading' && <p className="p-6 text-center text-muted">Drawing…</p>}
        {figure.kind === 'failed' && (
          <Notice
            tone="bad"
            announce="alert"
            title="The chart cannot be drawn"
            actions={
              <Button size="small" onClick={() => setTries(tries + 1)}>
                Try again
              </Button>
            }
          >
            The server cannot be reached just now. The rows are in the grid.
          </Notice>
        )}
        {figure.kind === 'ready' && data.points.length > 0 && (
          <figure.Figure chart={choice.chart} data={data} />
        )}
      </div>
      <figcaption className="pt-1 text-muted text-xs text-pretty">
        {[chartSummary(data), ...data.remarks].join(' ')}
      </figcaption>
    </figure>
  );
}
