import type { MetricName } from './metrics';
import type { Subject } from './subjects';

/** What came of one try: a figure in the metric's unit, or why there is none. */
export type Outcome = { readonly value: number } | { readonly failure: string };

export type Measured = Outcome & { readonly metric: MetricName };

/** One try of one subject. */
export type Sample = Measured & {
  readonly subject: Subject;
  /** Rounds count from 1. */
  readonly round: number;
};
