import type { BrowserContext, Page } from '@playwright/test';
import type { MetricName } from '../report/metrics';
import { launchProfile } from '../support/browser';
import { type Cleanup, withCleanup } from '../support/cleanup';
import { ownPlayground, watchStart } from '../support/playground-page';
import { openWarrenPage } from '../support/warren-page';
import { WarrenServer } from '../support/warren-server';
import { stateGzip } from '../workload/state-gzip';
import { within } from '../workload/within';
import type { Part } from './part';

const STEP_LIMIT_MS = 240_000;
/** Into a tmpfs of 60 % of 256 MB, beside what else is there. */
const FILE_BYTES = 40e6;
/** About 80 MB of changed pages: table, WAL, and text that deflates to half. */
const LARGE_SQL =
  'create table large as select g, md5(g::text) || md5((g * 7)::text) as word, random() as r from generate_series(1, 300000) g;';

/** Keeping a machine and carrying it: issue 4. */
export const keep: Part = async (context) => {
  if (!context.families.has('warren')) return;
  for (let round = 1; round <= context.plan.keepRounds; round++) {
    await withCleanup(async (cleanup) => {
      const server = await WarrenServer.start('pages', cleanup);
      const tell = (metric: MetricName, value: number) =>
        context.record('warren-page', round, { metric, value });
      await savesAndFiles(server, tell);
      await reloadAndLink(server, tell, cleanup);
    });
    const gzip = await stateGzip(LARGE_SQL);
    context.record('state-gzip', round, { metric: 'keep.largeBytes', value: gzip.bytes / 1e6 });
    context.record('state-gzip', round, { metric: 'keep.largeMs', value: gzip.ms });
  }
};

type Tell = (metric: MetricName, value: number) => void;

/** In a page of the bench, which asks the machine itself. */
async function savesAndFiles(server: WarrenServer, tell: Tell): Promise<void> {
  await withCleanup(async (cleanup) => {
    const credentials = await server.createPlayground();
    // A profile on disk: what a private window keeps, another process keeps for it, slowly.
    const browser = await launchProfile(cleanup, { bypassCSP: true });
    const page = await browser.newPage();
    await openWarrenPage(page, server, 'warren-keep', credentials);
    const limited = <Result>(what: string, work: Promise<Result>) =>
      within(STEP_LIMIT_MS, what, work);
    await limited(
      'ready',
      page.evaluate(() => keeping.ready()),
    );
    const sql = (text: string) =>
      limited(
        text,
        page.evaluate((told) => keeping.sql(told), text),
      );
    const save = () =>
      limited(
        'a save',
        page.evaluate(() => keeping.save()),
      );
    const snapshot = () =>
      limited(
        'a snapshot',
        page.evaluate(() => keeping.snapshot()),
      );
    await sql(
      'create table small as select g, md5(g::text) as word from generate_series(1, 1000) g',
    );
    const first = await save();
    tell('keep.firstWritten', first.writtenBytes / 1e6);
    await sql("update small set word = 'changed' where g <= 10");
    const second = await save();
    tell('keep.written', second.writtenBytes / 1e6);
    tell('keep.stall', Math.max(first.stallMs, second.stallMs));
    tell('keep.task', Math.max(first.taskMs, second.taskMs));
    const small = await snapshot();
    tell('keep.snapshotBytes', small.bytes / 1e6);
    tell('keep.snapshotMs', small.ms);
    tell(
      'keep.fileIn',
      await limited(
        'a file in',
        page.evaluate((bytes) => keeping.fileIn(bytes), FILE_BYTES),
      ),
    );
    tell(
      'keep.fileOut',
      await limited(
        'a file out',
        page.evaluate(() => keeping.fileOut()),
      ),
    );
    await sql("copy (select 1) to program 'busybox rm /files/bench.bin'");
    await sql(LARGE_SQL);
    const large = await snapshot();
    tell('keep.largeBytes', large.bytes / 1e6);
    tell('keep.largeMs', large.ms);
  });
}

/** In the real pages: a reload, and a link from pressing Open to the first result. */
async function reloadAndLink(server: WarrenServer, tell: Tell, cleanup: Cleanup): Promise<void> {
  const sender = await launchProfile(cleanup);
  const credentials = await server.createPlayground();
  await ownPlayground(sender, credentials);
  const page = await sender.newPage();
  await page.goto(`${server.url}/p/${credentials.playground}`);
  await page.evaluate(() => startWatch);
  await page.locator('.monaco-editor').first().waitFor();
  await page.getByRole('textbox', { name: 'SQL' }).focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(CLOCK_SQL);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.waitForFunction(newAnswer, '42', { polling: 'raf' });
  await chooseInMenu(page, 'Save now');
  await page
    .getByRole('status', { name: 'Last saved' })
    .filter({ hasText: /^Saved \d\d:\d\d:\d\d$/ })
    .waitFor();
  const before = await shownAnswer(page);
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload({ waitUntil: 'commit' });
  await page.waitForFunction(newAnswer, before, { polling: 'raf' });
  tell('keep.reload', await page.evaluate(() => performance.now()));

  tell('keep.reset', await reset(page));

  await chooseInMenu(page, 'Create snapshot link');
  const dialog = page.getByRole('dialog', { name: 'Snapshot' });
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  const field = dialog.getByRole('textbox', { name: 'Snapshot link' });
  await field.waitFor({ timeout: STEP_LIMIT_MS });
  const link = await field.inputValue();
  const sent = await shownAnswer(page);
  const receiver = await launchProfile(cleanup);
  await watchStart(receiver);
  await warm(receiver, server.url);
  tell('keep.link', await opened(receiver, link, sent));
}

/** From confirming Reset to start to a result of the machine that came back. */
async function reset(page: Page): Promise<number> {
  const dialog = page.getByRole('dialog');
  await chooseInMenu(page, 'Make this the start');
  await dialog.getByRole('button', { name: /start/i }).click();
  await dialog.waitFor({ state: 'hidden', timeout: STEP_LIMIT_MS });
  const shown = await shownAnswer(page);
  await chooseInMenu(page, 'Reset to start');
  const before = Date.now();
  await dialog.getByRole('button', { name: /reset/i }).click();
  await dialog.waitFor({ state: 'hidden', timeout: STEP_LIMIT_MS });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.waitForFunction(newAnswer, shown, { polling: 'raf', timeout: STEP_LIMIT_MS });
  return Date.now() - before;
}

/** Answered anew each time, so that a result of the machine is told from the one that the notebook kept. */
const CLOCK_SQL = 'select extract(epoch from clock_timestamp()) as now';

function shownAnswer(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => document.querySelector('[role="gridcell"]')?.textContent);
}

/** In the page: the first result is another than it was. pages/watch-start.ts presses Run as soon as that is possible. */
function newAnswer(before: string | null | undefined): boolean {
  const text = document.querySelector(
    'section[aria-label="Result"] [role="gridcell"]',
  )?.textContent;
  return Boolean(text) && text !== before;
}

/** The base state and the pages' code are in the browser's cache, as after any visit before. */
async function warm(browser: BrowserContext, url: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: 'New playground' }).click();
  await page.getByRole('status', { name: 'Machine' }).filter({ hasText: 'ready' }).waitFor();
  await page.close();
}

/** From pressing Open snapshot to the machine's answer to what is in the notebook. */
async function opened(
  browser: BrowserContext,
  link: string,
  sent: string | null | undefined,
): Promise<number> {
  const page = await browser.newPage();
  await page.goto(link);
  const open = page.getByRole('button', { name: 'Open snapshot' });
  await open.waitFor();
  // What the page fetches ahead while the card is read.
  await page.waitForLoadState('networkidle');
  const before = Date.now();
  await open.click();
  await page.waitForFunction(newAnswer, sent, { polling: 'raf', timeout: STEP_LIMIT_MS });
  return Date.now() - before;
}

async function chooseInMenu(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Machine', exact: true }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}
