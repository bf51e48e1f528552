import type { Measured } from '../report/sample';
import type { Subject } from '../report/subjects';
import type { StepName } from '../workload/steps';

/** A database that runs, with its tables made, and the ways to reach it. */
export interface Contestant {
  readonly ways: readonly Way[];
  /** Of the process it runs in: a renderer, or Node. */
  memoryMb(): Promise<number>;
  close(): Promise<void>;
}

export interface Way {
  readonly subject: Subject;
  /** One outcome for each figure of the step. */
  run(step: StepName): Promise<readonly Measured[]>;
}

/** One who takes part: opened afresh in each round. */
export interface Entrant {
  readonly subjects: readonly Subject[];
  open(): Promise<Contestant>;
}
