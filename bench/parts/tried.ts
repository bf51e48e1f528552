import type { Measured } from '../report/sample';
import type { Subject } from '../report/subjects';
import { STEPS, type Step, type StepName } from '../workload/steps';

/** How much more a step moves than its smaller one. */
const GROWTH = 16;

/** What has been tried in earlier rounds and steps, so that time is not spent on what is known to fail. */
export class Tried {
  readonly #limitMs: number;
  readonly #outcomes = new Map<string, readonly Measured[]>();

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  add(subject: Subject, step: StepName, outcomes: readonly Measured[]): void {
    this.#outcomes.set(keyOf(subject, step), outcomes);
  }

  /** A step that failed once is not tried again: most have cost their whole time limit. */
  hasFailed(subject: Subject, step: StepName): boolean {
    const outcomes = this.#outcomes.get(keyOf(subject, step)) ?? [];
    return outcomes.some((measured) => 'failure' in measured);
  }

  /** Why this step cannot succeed, as far as its smaller one shows. */
  obstacle(subject: Subject, step: StepName): string | undefined {
    const { smaller }: Step = STEPS[step];
    if (smaller === undefined) return undefined;
    if (this.hasFailed(subject, smaller)) return '1 MB failed already';
    const [small] = this.#outcomes.get(keyOf(subject, smaller)) ?? [];
    const isTooSlow =
      small !== undefined && 'value' in small && small.value * GROWTH > this.#limitMs;
    return isTooSlow ? `1 MB took ${(small.value / 1000).toFixed(1)} s already` : undefined;
  }
}

function keyOf(subject: Subject, step: StepName): string {
  return `${subject} ${step}`;
}
