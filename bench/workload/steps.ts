import type { Plan } from '../plan';
import type { MetricName } from '../report/metrics';
import type { Measured } from '../report/sample';
import { countSeries, sumTable } from './aggregates';
import { copyIn, copyOut } from './copy';
import { inserts, pointSelects } from './rates';
import { selectOne } from './select-one';
import type { Session } from './session';
import { resultOut, valueIn, valueOut } from './values';

export interface Step {
  readonly metrics: readonly MetricName[];
  /** The same step with a sixteenth of the bytes: who fails at that one is not asked for this one. */
  readonly smaller?: 'value1.in' | 'value1.out';
  run(session: Session, plan: Plan): Promise<Partial<Record<MetricName, number>>>;
}

/** In the order in which they run: what may cost a peer its connection comes last. */
export const STEPS = {
  select1: { metrics: ['select1.p50', 'select1.p99'], run: selectOne },
  pointSelect: single('pointSelect', pointSelects),
  insert: single('insert', inserts),
  copyIn: single('copyIn', (session, { copyBytes }) => copyIn(session, copyBytes)),
  copyOut: single('copyOut', (session, { copyBytes }) => copyOut(session, copyBytes)),
  resultOut: single('resultOut', (session, { resultBytes }) => resultOut(session, resultBytes)),
  count: single('count', countSeries),
  sum: single('sum', (session, { sumRows }) => sumTable(session, sumRows)),
  'value1.out': single('value1.out', (session) => valueOut(session, 1e6)),
  'value16.out': {
    ...single('value16.out', (session) => valueOut(session, 16e6)),
    smaller: 'value1.out',
  },
  'value1.in': single('value1.in', (session) => valueIn(session, 1e6)),
  'value16.in': {
    ...single('value16.in', (session) => valueIn(session, 16e6)),
    smaller: 'value1.in',
  },
} as const satisfies Record<string, Step>;

export type StepName = keyof typeof STEPS;

export const STEP_NAMES = Object.keys(STEPS) as StepName[];

/** What a step comes to that is not even tried. */
export function leftOut(step: StepName, why: string): Measured[] {
  return STEPS[step].metrics.map((metric) => ({ metric, failure: `left out: ${why}` }));
}

function single(metric: MetricName, run: (session: Session, plan: Plan) => Promise<number>): Step {
  return {
    metrics: [metric],
    run: async (session, plan) => ({ [metric]: await run(session, plan) }),
  };
}
