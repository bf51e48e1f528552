import type { Plan } from '../plan';
import type { Measured } from '../report/sample';
import { serveCalls } from '../support/child';
import { openNodePostgres } from '../workload/node-postgres';
import { Runner } from '../workload/runner';
import type { StepName } from '../workload/steps';

/** pgmock runs inside the program that uses it; so this process is both server and client, as in people's tests. */
let runner: Runner | undefined;

const methods = {
  /** Milliseconds from the import of pgmock to the first result. */
  async start(plan: Plan): Promise<number> {
    const startedAt = performance.now();
    const { PostgresMock } = await import('pgmock');
    const mock = await PostgresMock.create();
    runner = new Runner(() => openNodePostgres(mock.getNodePostgresConfig()), plan);
    const session = await openNodePostgres(mock.getNodePostgresConfig());
    await session.query('select 1');
    const startedMs = performance.now() - startedAt;
    await session.close();
    return startedMs;
  },
  prepare: (): Promise<void> => running().prepare(),
  run: (step: StepName): Promise<Measured[]> => running().run(step),
};

export type PgmockMethods = typeof methods;

serveCalls(methods);

function running(): Runner {
  if (runner === undefined) throw new Error('start comes first');
  return runner;
}
