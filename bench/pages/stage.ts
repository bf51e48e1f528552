import type { Plan } from '../plan';
import type { Measured } from '../report/sample';
import { Runner } from '../workload/runner';
import type { Session } from '../workload/session';
import type { StepName } from '../workload/steps';
import { TaskWatch } from './watch-tasks';

/** What a bench page offers to the process that drives it. */
export interface Stage {
  /** Resolves with milliseconds since the page was opened when a session gives its first result. */
  ready(plan: Plan): Promise<number>;
  prepare(): Promise<void>;
  run(step: StepName): Promise<Measured[]>;
  /** Runs a statement; resolves with milliseconds of the longest task of the main thread meanwhile. */
  longestTaskDuring(sql: string): Promise<number>;
}

declare global {
  var stage: Stage;
}

/** Puts a stage on this page; sessions on it are opened with `open`. */
export function setStage(open: () => Promise<Session>): void {
  let runner: Runner | undefined;
  const running = () => {
    if (runner === undefined) throw new Error('ready comes first');
    return runner;
  };
  globalThis.stage = {
    async ready(plan) {
      runner = new Runner(open, plan);
      const session = await open();
      await session.query('select 1');
      const readyMs = performance.now();
      await session.close();
      return readyMs;
    },
    prepare: () => running().prepare(),
    run: (step) => running().run(step),
    async longestTaskDuring(sql) {
      const session = await open();
      // The browser does not count the task in which it was told to run this.
      await new Promise((resolve) => setTimeout(resolve));
      const tasks = new TaskWatch(performance.now());
      await session.query(sql);
      await session.close();
      return tasks.longestMs();
    },
  };
}
