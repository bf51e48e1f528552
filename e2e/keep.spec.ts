import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { machineMenu, saveNow } from './support/machine';
import { cell, machineReady, newPlayground, run } from './support/playground';

/** The machine is kept in this browser: what a reload, a crash and a reset bring back. */
test('a reload continues where it was, with the transaction that is open', async ({ page }) => {
  await newPlayground(page);
  await run(
    page,
    'create table kept as select g from generate_series(1, 1000) g; begin; insert into kept values (1001);',
  );
  await expect(page.getByText('In a transaction')).toBeVisible();
  await saveNow(page);
  await page.reload();
  await machineReady(page);
  await expect(page.getByText('In a transaction')).toBeVisible();
  await run(page, 'select count(*) as inside from kept; rollback;');
  await expect(cell(page, '1001')).toBeVisible();
  await run(page, 'select count(*) as outside from kept;');
  await expect(cell(page, '1000')).toBeVisible();
});

test('it saves itself when it is quiet, and says what a crash would lose', async ({ page }) => {
  await newPlayground(page);
  const status = page.getByRole('status', { name: 'Last saved' });
  await run(page, `create table by_itself(a int); insert into by_itself values (5) returning a;`);
  await expect(cell(page, '5')).toBeVisible();
  await expect(status).toHaveText(/^Saved \d\d:\d\d:\d\d$/, { timeout: 60_000 });
  await page.reload();
  await machineReady(page);
  await run(page, 'select a * 11 as b from by_itself;');
  await expect(cell(page, '55')).toBeVisible();
});

test('Reset to start brings back the starting snapshot, or else an empty machine', async ({
  page,
}) => {
  await newPlayground(page);
  await run(page, 'create table lesson as select 1 as a;');
  await expect(page.getByText('SELECT 1').first()).toBeVisible();
  await machineMenu(page, 'Make this the start');
  await page.getByRole('dialog').getByRole('button', { name: /start/i }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await run(page, 'drop table lesson;');
  await expect(page.getByText('DROP TABLE').first()).toBeVisible();
  await machineMenu(page, 'Reset to start');
  await page.getByRole('dialog').getByRole('button', { name: /reset/i }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await machineReady(page);
  await run(page, 'select a + 41 as answer from lesson;');
  await expect(cell(page, '42')).toBeVisible();
});

test('a renderer that is killed while it saves comes back to a consistent machine', async ({
  page,
  context,
}) => {
  test.setTimeout(600_000);
  await newPlayground(page);
  const url = page.url();
  await run(
    page,
    "create extension amcheck; create table torn(n int primary key, filler text); insert into torn values (0, repeat(md5('x'), 2000)) returning n;",
  );
  await expect(cell(page, '0')).toBeVisible();
  await saveNow(page);
  let present = page;
  const kills = Number(process.env.KEEP_KILLS ?? 3);
  for (let kill = 1; kill <= kills; kill++) {
    await run(
      present,
      `insert into torn select ${kill}, repeat(md5(random()::text), 2000) returning n;`,
    );
    await expect(cell(present, String(kill))).toBeVisible();
    // Somewhere in the save: it takes some hundred milliseconds.
    void machineMenu(present, 'Save now').catch(() => {});
    await present.waitForFunction(
      (moment) => new Promise((resolve) => setTimeout(() => resolve(true), moment)),
      Math.random() * 800,
    );
    present = await killRenderer(present, context, url);
    await machineReady(present);
    await run(
      present,
      `select bt_index_check('torn_pkey', true), count(*) between ${kill} and ${kill + 1} as whole from torn; delete from torn where n >= ${kill}; insert into torn select ${kill}, 'x' returning n;`,
    );
    await expect(cell(present, String(kill))).toBeVisible();
    await expect(present.getByRole('alert').filter({ hasText: 'ERROR' })).toHaveCount(0);
  }
});

/** Ends the page's process as the system would, and opens its address again. */
async function killRenderer(page: Page, context: BrowserContext, url: string): Promise<Page> {
  const crashed = page.waitForEvent('crash');
  const session = await context.newCDPSession(page);
  void session.send('Page.crash').catch(() => {});
  await crashed;
  await page.close();
  const next = await context.newPage();
  await next.goto(url);
  return next;
}
