'use client';

import { type ComponentType, useEffect, useState } from 'react';
import type { HostedMachine } from '../playground/hosted-machine';
import { useCell } from '../state/cell';
import type { HealthFigureProps } from './health-figure';
import { cpuSentence, type HealthSample, memorySentence } from './health-history';
import { healthLogOf } from './health-log';

const NONE: readonly HealthSample[] = [];

/** Processor and memory of the machine over the last minutes; the graphs are told in words beside them. */
export function HealthGraphs({ machine }: { machine: HostedMachine }) {
  const history = useCell(healthLogOf(machine), NONE);
  const Figure = useFigure();
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {[
        { title: 'Processor', measure: 'cpu', words: cpuSentence(history) } as const,
        { title: 'Memory', measure: 'memory', words: memorySentence(history) } as const,
      ].map(({ title, measure, words }) => (
        <figure key={title} className="rounded-md border border-line p-2.5">
          <figcaption className="text-[13px]">
            <span className="font-medium">{title}</span>{' '}
            <span className="text-muted tabular-nums">{words}</span>
          </figcaption>
          <div aria-hidden="true" className="mt-1.5 h-20">
            {Figure && <Figure history={history} measure={measure} />}
          </div>
        </figure>
      ))}
    </div>
  );
}

/** The library that draws is large; the words do without it. */
function useFigure(): ComponentType<HealthFigureProps> | undefined {
  const [Figure, setFigure] = useState<ComponentType<HealthFigureProps>>();
  useEffect(() => {
    import('./health-figure').then(
      ({ HealthFigure }) => setFigure(() => HealthFigure),
      () => {},
    );
  }, []);
  return Figure;
}
