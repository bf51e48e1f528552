import type { BrowserContext, Page } from '@playwright/test';
import { startPgmockChild } from '../contestants/pgmock';
import type { StartFigures } from '../pages/watch-start';
import { servePglite } from '../peers/pglite-site';
import { pgmockPlan } from '../peers/pgmock-plan';
import type { MetricName } from '../report/metrics';
import { reasonOf } from '../report/reason';
import type { Subject } from '../report/subjects';
import { launchProfile } from '../support/browser';
import { type Cleanup, withCleanup } from '../support/cleanup';
import { ownPlayground, TransferWatch, watchStart } from '../support/playground-page';
import { WarrenServer } from '../support/warren-server';
import { within } from '../workload/within';
import type { Part, PartContext } from './part';

/** Ten times what the slowest needs on a quiet computer. */
const OPEN_LIMIT_MS = 60_000;
/** Opened again after the cold start: what the browser keeps at the first and the second visit counts as warm. */
const WARM_VISITS = 2;
/** Rounds that count begin with 1. */
const REHEARSAL = 0;

/** Tries one start of one subject, and records what it saw. */
type Starter = (context: PartContext, round: number) => Promise<void>;

/** From opening to the first result, with an empty cache and with what the browser has kept. */
export const start: Part = (context) =>
  withCleanup(async (cleanup) => {
    // Nobody's first time counts: servers compress and compile then, and the computer's own cache fills.
    const starters = await makeStarters(context, cleanup);
    for (const starter of starters) await starter({ ...context, record: () => {} }, REHEARSAL);
    for (let round = 1; round <= context.plan.startRounds; round++) {
      for (const starter of starters) await starter(context, round);
    }
  });

async function makeStarters({ families }: PartContext, cleanup: Cleanup): Promise<Starter[]> {
  const starters: Starter[] = [];
  if (families.has('warren')) {
    const server = await WarrenServer.start('pages', cleanup);
    starters.push((context, round) =>
      startPage(context, 'warren-page', round, async (browser) => {
        const credentials = await server.createPlayground();
        await ownPlayground(browser, credentials);
        return `${server.url}/p/${credentials.playground}`;
      }),
    );
  }
  if (families.has('pglite')) {
    const site = await servePglite();
    cleanup.add(() => site.close());
    for (const [subject, kind] of [
      ['pglite-prepopulated', 'prepopulated'],
      ['pglite', 'memory'],
    ] as const) {
      starters.push((context, round) =>
        startPage(context, subject, round, async (browser) => {
          await watchStart(browser);
          return `${site.url}/start?kind=${kind}`;
        }),
      );
    }
  }
  if (families.has('pgmock')) starters.push(startPgmock);
  return starters;
}

/** Opens a page in a browser that has never seen it, and then again. */
async function startPage(
  { record }: PartContext,
  subject: Subject,
  round: number,
  arrange: (browser: BrowserContext) => Promise<string>,
): Promise<void> {
  let metric: MetricName = 'start.cold';
  try {
    await withCleanup(async (cleanup) => {
      const browser = await launchProfile(cleanup);
      const url = await arrange(browser);
      const cold = await visit(browser, url);
      record(subject, round, { metric: 'start.cold', value: cold.resultMs });
      record(subject, round, { metric: 'start.coldBytes', value: cold.megabytes });
      record(subject, round, { metric: 'start.longestTask', value: cold.longestTaskMs });
      if (cold.usableMs !== undefined) {
        record(subject, round, { metric: 'start.usable', value: cold.usableMs });
      }
      if (round === REHEARSAL) return;
      metric = 'start.warm';
      for (let turn = 0; turn < WARM_VISITS; turn++) {
        const warm = await visit(browser, url);
        record(subject, round, { metric: 'start.warm', value: warm.resultMs });
        record(subject, round, { metric: 'start.warmBytes', value: warm.megabytes });
      }
    });
  } catch (thrown) {
    record(subject, round, { metric, failure: reasonOf(thrown) });
  }
}

async function visit(
  browser: BrowserContext,
  url: string,
): Promise<StartFigures & { megabytes: number }> {
  const page = await browser.newPage();
  try {
    const transfers = new TransferWatch(page);
    await page.goto(url, { waitUntil: 'commit' });
    const seen = Promise.race([page.evaluate(() => startWatch), pageFault(page)]);
    const figures = await within(OPEN_LIMIT_MS, 'the page', seen).catch(async (thrown) => {
      throw new Error(`${reasonOf(thrown)}; it shows: ${await shownStatus(page)}`);
    });
    return { ...figures, megabytes: await transfers.megabytes() };
  } finally {
    // What the page holds (its lock as the host of this browser) is free before the next one opens.
    await page.goto('about:blank');
    await page.close();
  }
}

/** What the page says of itself, for the report of a failure. */
async function shownStatus(page: Page): Promise<string> {
  const texts = await page.locator('[role="status"], [role="alert"]').allTextContents();
  return texts.join(' | ') || 'nothing';
}

/** Rejects with what the page's own code threw and did not catch. */
function pageFault(page: Page): Promise<never> {
  return new Promise((_, reject) => {
    page.once('pageerror', reject);
  });
}

/** A Node program that imports pgmock, starts it, connects and asks. It keeps nothing, so it is never warm. */
async function startPgmock({ plan, record }: PartContext, round: number): Promise<void> {
  const metric = 'start.cold';
  try {
    const value = await withCleanup((cleanup) => {
      const child = startPgmockChild();
      cleanup.add(() => child.stop());
      return within(OPEN_LIMIT_MS, 'pgmock', child.call('start', pgmockPlan(plan)));
    });
    record('pgmock', round, { metric, value });
  } catch (thrown) {
    record('pgmock', round, { metric, failure: reasonOf(thrown) });
  }
}
