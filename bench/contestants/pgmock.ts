import type { PgmockMethods } from '../peers/pgmock-child';
import { PGMOCK_STEPS_LEFT_OUT, pgmockPlan } from '../peers/pgmock-plan';
import type { Plan } from '../plan';
import type { Measured } from '../report/sample';
import { CallableChild } from '../support/child';
import { orCleanup } from '../support/cleanup';
import { pssMb } from '../support/memory';
import { leftOut, type StepName } from '../workload/steps';
import type { Entrant } from './contestant';

/** Starts a process for pgmock; it ends with `stop`. */
export function startPgmockChild(): CallableChild<PgmockMethods> {
  return new CallableChild<PgmockMethods>(new URL('../peers/pgmock-child.ts', import.meta.url));
}

/** pgmock in a Node process of its own, reached from inside it, as its users do. */
export function pgmockEntrant(plan: Plan): Entrant {
  return {
    subjects: ['pgmock'],
    open: () =>
      orCleanup(async (cleanup) => {
        const child = startPgmockChild();
        cleanup.add(() => child.stop());
        await child.call('start', pgmockPlan(plan));
        await child.call('prepare');
        return {
          ways: [{ subject: 'pgmock', run: (step) => runStep(child, step) }],
          memoryMb: () => pssMb(child.pid),
          close: () => cleanup.run(),
        };
      }),
  };
}

async function runStep(
  child: CallableChild<PgmockMethods>,
  step: StepName,
): Promise<readonly Measured[]> {
  if (!PGMOCK_STEPS_LEFT_OUT.includes(step)) return child.call('run', step);
  return leftOut(step, 'making the table takes it minutes');
}
