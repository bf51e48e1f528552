import type { Browser } from '@playwright/test';
import { stageReady } from '../contestants/stage-way';
import { servePglite } from '../peers/pglite-site';
import type { Plan } from '../plan';
import { reasonOf } from '../report/reason';
import type { Subject } from '../report/subjects';
import { launchBrowser } from '../support/browser';
import { type Cleanup, withCleanup } from '../support/cleanup';
import { ownPlayground } from '../support/playground-page';
import { WarrenServer } from '../support/warren-server';
import { busyStatement } from '../workload/busy';
import { within } from '../workload/within';
import type { Part, PartContext } from './part';

/** For the page to come up, the query's own time to be over, and its result to be shown. */
const EXTRA_MS = 60_000;
/** What the statement after the busy one answers, so that its end is seen. */
const END_MARK = '4711';

/** Resolves with the longest task of a page's main thread while PostgreSQL works for it. */
interface Try {
  readonly subject: Subject;
  run(browser: Browser): Promise<number>;
}

/** The longest task of a page's main thread while PostgreSQL works for it without a pause. */
export const responsive: Part = (context) =>
  withCleanup(async (cleanup) => {
    const tries = await makeTries(context, cleanup);
    for (let round = 1; round <= context.plan.responsiveRounds; round++) {
      for (const one of tries) await runTry(context, one, round);
    }
  });

async function makeTries({ families, plan }: PartContext, cleanup: Cleanup): Promise<Try[]> {
  const tries: Try[] = [];
  if (families.has('warren')) {
    const server = await WarrenServer.start('pages', cleanup);
    tries.push({ subject: 'warren-page', run: (browser) => tryWarren(browser, server, plan) });
  }
  if (families.has('pglite')) {
    const site = await servePglite();
    cleanup.add(() => site.close());
    tries.push({ subject: 'pglite', run: (browser) => tryPglite(browser, site.url, plan) });
  }
  return tries;
}

async function runTry({ plan, record }: PartContext, one: Try, round: number): Promise<void> {
  const metric = 'responsive.longestTask';
  try {
    const value = await withCleanup(async (cleanup) => {
      const browser = await launchBrowser(cleanup);
      return within(plan.busyMs + EXTRA_MS, 'the page', one.run(browser));
    });
    record(one.subject, round, { metric, value });
  } catch (thrown) {
    record(one.subject, round, { metric, failure: reasonOf(thrown) });
  }
}

/** The real page: a person's hands put the query into the editor and press Run. */
async function tryWarren(browser: Browser, server: WarrenServer, plan: Plan): Promise<number> {
  const context = await browser.newContext();
  const credentials = await server.createPlayground();
  await ownPlayground(context, credentials);
  const page = await context.newPage();
  await page.goto(`${server.url}/p/${credentials.playground}`);
  await page.evaluate(() => startWatch);
  // The large editor loads once the page is calm; that is not the query's doing.
  await page.locator('.monaco-editor').first().waitFor();
  await page.getByRole('textbox', { name: 'SQL' }).focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(`${busyStatement(plan.busyMs)}; select ${END_MARK}`);
  await page.evaluate(() => watchTasks());
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('gridcell', { name: END_MARK }).waitFor({ timeout: 0 });
  return page.evaluate(() => longestTask());
}

async function tryPglite(browser: Browser, url: string, plan: Plan): Promise<number> {
  const page = await browser.newPage();
  await page.goto(`${url}/queries`);
  await stageReady(page, plan);
  return page.evaluate((sql) => stage.longestTaskDuring(sql), busyStatement(plan.busyMs));
}
