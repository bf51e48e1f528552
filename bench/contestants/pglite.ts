import type { Plan } from '../plan';
import { launchBrowser } from '../support/browser';
import { orCleanup } from '../support/cleanup';
import type { RunningSite } from '../support/static-server';
import type { Entrant } from './contestant';
import { pageMemoryMb, stageReady, stageWay } from './stage-way';

/** PGlite in memory, on the main thread of a page: its default, and its fastest. */
export function pgliteEntrant(site: RunningSite, plan: Plan): Entrant {
  return {
    subjects: ['pglite'],
    open: () =>
      orCleanup(async (cleanup) => {
        const browser = await launchBrowser(cleanup);
        const page = await browser.newPage();
        await page.goto(`${site.url}/queries`);
        await stageReady(page, plan);
        await page.evaluate(() => stage.prepare());
        return {
          ways: [stageWay('pglite', page, plan)],
          memoryMb: () => pageMemoryMb(browser),
          close: () => cleanup.run(),
        };
      }),
  };
}
