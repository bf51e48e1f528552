import type { Plan } from '../plan';
import type { MetricName } from '../report/metrics';
import { reasonOf } from '../report/reason';
import type { Measured } from '../report/sample';
import { prepare } from './prepare';
import type { Session } from './session';
import { STEPS, type Step, type StepName } from './steps';
import { within } from './within';

const OPEN_LIMIT_MS = 15_000;
const PREPARE_LIMIT_MS = 120_000;
const CLOSE_LIMIT_MS = 2_000;

/** Runs steps on a session of its own, and opens another one when a step has cost it the first. */
export class Runner {
  readonly #open: () => Promise<Session>;
  readonly #plan: Plan;
  #session: Session | undefined;

  constructor(open: () => Promise<Session>, plan: Plan) {
    this.#open = open;
    this.#plan = plan;
  }

  /** Makes the tables; once for each database. */
  async prepare(): Promise<void> {
    await within(
      PREPARE_LIMIT_MS,
      'making the tables',
      prepare(await this.#connected(), this.#plan),
    );
  }

  /** One outcome for each figure of the step; never rejects. */
  async run(step: StepName): Promise<Measured[]> {
    const { metrics, run }: Step = STEPS[step];
    let found: Partial<Record<MetricName, number>>;
    try {
      const session = await this.#connected();
      found = await within(this.#plan.stepLimitMs, 'the step', run(session, this.#plan));
    } catch (thrown) {
      await this.close();
      const failure = reasonOf(thrown);
      return metrics.map((metric) => ({ metric, failure }));
    }
    return metrics.map((metric) => {
      const value = found[metric];
      return value === undefined ? { metric, failure: 'no figure' } : { metric, value };
    });
  }

  /** Lets the session go, without waiting long for one that does not answer. */
  async close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await within(CLOSE_LIMIT_MS, 'closing', session?.close() ?? Promise.resolve()).catch(() => {});
  }

  async #connected(): Promise<Session> {
    this.#session ??= await within(OPEN_LIMIT_MS, 'connecting', this.#open());
    return this.#session;
  }
}
