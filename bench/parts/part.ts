import type { Plan } from '../plan';
import type { Measured } from '../report/sample';
import type { Family, Subject } from '../report/subjects';

/** What a part is given. */
export interface PartContext {
  readonly plan: Plan;
  readonly families: ReadonlySet<Family>;
  /** Keeps what was measured, and shows it while the bench runs. */
  record(subject: Subject, round: number, measured: Measured): void;
}

/** Runs all its rounds; what it started is stopped when it resolves or rejects. */
export type Part = (context: PartContext) => Promise<void>;
