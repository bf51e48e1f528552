import type { Plan } from '../plan';
import type { StepName } from '../workload/steps';

const ROWS = 10_000;
const SELECTS = 100;
const COPY_BYTES = 10_000;
const RESULT_BYTES = 300_000;

/** Its `sum` is left out: over a smaller table it would be another question. */
export const PGMOCK_STEPS_LEFT_OUT: readonly StepName[] = ['sum'];

/** What is asked of pgmock is smaller where the full size takes it minutes; rates stay comparable. */
export function pgmockPlan(plan: Plan): Plan {
  return {
    ...plan,
    pointRows: ROWS,
    sumRows: 1,
    selects: SELECTS,
    copyBytes: COPY_BYTES,
    resultBytes: RESULT_BYTES,
  };
}

/** The same for readers of the report. */
export const PGMOCK_NOTE =
  `pgmock is asked for less where the full size takes it minutes: its table has ${ROWS.toLocaleString('en')} rows, ` +
  `it runs ${SELECTS} times \`select 1\`, copies ${COPY_BYTES / 1e3} kB and returns rows of ${RESULT_BYTES / 1e3} kB.`;
