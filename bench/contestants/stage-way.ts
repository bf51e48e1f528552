import type { Browser, Page } from '@playwright/test';
import type { Plan } from '../plan';
import { reasonOf } from '../report/reason';
import type { Subject } from '../report/subjects';
import { rendererPids } from '../support/browser';
import { pssMb } from '../support/memory';
import { STEPS } from '../workload/steps';
import { within } from '../workload/within';
import type { Way } from './contestant';

const READY_LIMIT_MS = 60_000;
/** The page breaks a step off by itself; this is for a page that hangs. */
const EXTRA_MS = 30_000;

/** Waits until the page's session gives a result. */
export async function stageReady(page: Page, plan: Plan): Promise<void> {
  await within(
    READY_LIMIT_MS,
    'the page',
    page.evaluate((given) => stage.ready(given), plan),
  );
}

/** Measures in a page that has a stage. */
export function stageWay(subject: Subject, page: Page, { stepLimitMs }: Plan): Way {
  return {
    subject,
    run: async (step) => {
      const { metrics } = STEPS[step];
      const measuring = page.evaluate((name) => stage.run(name), step);
      try {
        return await within(stepLimitMs + EXTRA_MS, 'the page', measuring);
      } catch (thrown) {
        const failure = reasonOf(thrown);
        return metrics.map((metric) => ({ metric, failure }));
      }
    },
  };
}

/** MB of the browser's only page: its renderer is the one with most, beside spare ones. */
export async function pageMemoryMb(browser: Browser): Promise<number> {
  const sizes = await Promise.all((await rendererPids(browser)).map(pssMb));
  return Math.max(...sizes);
}
