import type { BrowserContext, Page } from '@playwright/test';
import type { MetricName } from '../report/metrics';
import { percentile } from '../report/stats';
import { launchProfile } from '../support/browser';
import { withCleanup } from '../support/cleanup';
import { ownPlayground } from '../support/playground-page';
import { WarrenServer } from '../support/warren-server';
import { within } from '../workload/within';
import type { Part } from './part';

/** The notebook of issue 3: so many cells, with results of about 2 MB in all. */
const CELLS = 200;
const ROWS_OF_A_CELL = 90;
/** The grid of issue 3. */
const GRID_ROWS = 100_000;
const GRID_COLUMNS = 20;
/** How long the grid is scrolled, and by how much at each frame. */
const GRID_MS = 3_000;
const GRID_STEP_PX = 400;
const KEYS = 40;
const KEY_PAUSE_MS = 90;
/** The emulator runs two hundred queries in the meantime. */
const STEP_LIMIT_MS = 240_000;

/** A long notebook and a large grid in the real page: to open, to scroll, to type in. */
export const page: Part = async ({ families, plan, record }) => {
  if (!families.has('warren')) return;
  for (let round = 1; round <= plan.pageRounds; round++) {
    await withCleanup(async (cleanup) => {
      const server = await WarrenServer.start('pages', cleanup);
      const browser = await launchProfile(cleanup);
      const credentials = await server.createPlayground();
      await ownPlayground(browser, credentials);
      const open = await browser.newPage();
      await open.goto(`${server.url}/p/${credentials.playground}`);
      const tell = (metric: MetricName, value: number) =>
        record('warren-page', round, { metric, value });
      const limited = <Result>(what: string, work: Promise<Result>) =>
        within(STEP_LIMIT_MS, what, work);
      await limited('the notebook', fill(open));
      tell('page.open', await limited('opening', openAgain(open)));
      tell('page.scrollTask', await limited('scrolling', scrollThrough(open)));
      tell('page.key', await limited('typing', typeIn(browser, open)));
      const frames = await limited('the grid', scrollGrid(open));
      tell('page.gridFrames', 1000 / percentile(frames, 0.5));
      tell('page.gridSlowest', percentile(frames, 0.99));
    });
  }
};

/** Two hundred cells by a file, run all, and saved. */
async function fill(open: Page): Promise<void> {
  await open.getByRole('status', { name: 'Machine' }).filter({ hasText: 'ready' }).waitFor();
  const query = (cell: number) =>
    `select n, ${cell} as cell, repeat('x', 80) as filler\nfrom generate_series(1, ${ROWS_OF_A_CELL}) as n\norder by n;`;
  const file = Array.from({ length: CELLS }, (_, cell) => query(cell)).join('\n\n');
  await open.getByRole('button', { name: 'Import', exact: true }).click();
  const dialog = open.getByRole('dialog', { name: 'Import' });
  const buffer = Buffer.from(file);
  await dialog
    .getByLabel('File')
    .setInputFiles({ name: 'many.sql', mimeType: 'application/sql', buffer });
  await dialog.getByRole('radio', { name: 'Replace the notebook' }).check();
  await dialog.getByRole('button', { name: 'Import the file' }).click();
  await dialog.getByRole('button', { name: 'Show the notebook' }).click();
  await open.getByRole('button', { name: 'Run all' }).click();
  const last = open.getByRole('group', { name: `Cell ${CELLS}`, exact: true });
  await last.getByText(/run (at|by)/).waitFor({ timeout: 0 });
  await open.getByRole('status', { name: 'Save state' }).filter({ hasText: 'Saved' }).waitFor();
}

/** From opening to all cells and the first result. */
async function openAgain(open: Page): Promise<number> {
  open.on('dialog', (dialog) => void dialog.accept());
  await open.reload({ waitUntil: 'commit' });
  await open.waitForFunction(
    (cells) =>
      document.querySelectorAll('[data-cell]').length === cells &&
      document.querySelector('[role="gridcell"]') !== null,
    CELLS,
    { polling: 'raf' },
  );
  return open.evaluate(() => performance.now());
}

/** The longest task while somebody scrolls from the top to the end, once the machine is up. */
async function scrollThrough(open: Page): Promise<number> {
  await open.getByRole('status', { name: 'Machine' }).filter({ hasText: 'ready' }).waitFor();
  await open.locator('.monaco-editor').first().waitFor();
  return open.evaluate(async () => {
    watchTasks();
    const end = document.documentElement.scrollHeight;
    for (let y = 0; y < end; y += 120) {
      scrollTo(0, y);
      await new Promise(requestAnimationFrame);
    }
    return longestTask();
  });
}

/** What the page's main thread does for a key, in milliseconds: all its tasks, less those of a page left alone. */
async function typeIn(browser: BrowserContext, open: Page): Promise<number> {
  const cell = open.getByRole('group', { name: `Cell ${CELLS / 2}`, exact: true });
  await cell.scrollIntoViewIfNeeded();
  await cell.locator('.monaco-editor').waitFor();
  await cell.getByRole('textbox', { name: 'SQL' }).focus();
  await open.keyboard.press('ControlOrMeta+End');
  const devtools = await browser.newCDPSession(open);
  await devtools.send('Performance.enable');
  const busyMs = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
  };
  const pause = () => new Promise((resolve) => setTimeout(resolve, KEY_PAUSE_MS));
  const during = async (work: () => Promise<void>) => {
    const before = await busyMs();
    for (let key = 0; key < KEYS; key++) {
      await work();
      await pause();
    }
    return (await busyMs()) - before;
  };
  const idle = await during(async () => {});
  const typing = await during(() => open.keyboard.press('x'));
  return (typing - idle) / KEYS;
}

/** Milliseconds of each frame while a large grid is scrolled. */
async function scrollGrid(open: Page): Promise<readonly number[]> {
  const columns = Array.from(
    { length: GRID_COLUMNS },
    (_, column) => `i + ${column} as c${column}`,
  );
  const sql = `select ${columns.join(', ')} from generate_series(1, ${GRID_ROWS}) as i;`;
  const cell = open.getByRole('group', { name: 'Cell 1', exact: true });
  await cell.scrollIntoViewIfNeeded();
  await cell.getByRole('textbox', { name: 'SQL' }).focus();
  await open.keyboard.press('ControlOrMeta+A');
  await open.keyboard.insertText(sql);
  await cell.getByRole('button', { name: 'Run cell' }).click();
  const grid = cell.locator(`[role="grid"][aria-rowcount="${GRID_ROWS + 1}"]`);
  await grid.waitFor({ timeout: 0 });
  await cell.getByText(/run (at|by)/).waitFor({ timeout: 0 });
  return grid.evaluate(
    async (element, { forMs, stepPx }) => {
      const frames: number[] = [];
      let last = await new Promise<number>(requestAnimationFrame);
      const until = last + forMs;
      while (last < until) {
        element.scrollTop += stepPx;
        const now = await new Promise<number>(requestAnimationFrame);
        frames.push(now - last);
        last = now;
      }
      return frames;
    },
    { forMs: GRID_MS, stepPx: GRID_STEP_PX },
  );
}
