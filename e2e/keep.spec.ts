import { expect, type Page, test } from '@playwright/test';
import { Random } from '../lib/mux/random';
import { killRenderer, machineMenu, saveNow } from './support/machine';
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
}) => {
  const kills = Number(process.env.KEEP_KILLS ?? 3);
  const seed = Number(process.env.KEEP_SEED ?? Date.now() % 2 ** 32);
  console.log(`KEEP_KILLS=${kills} KEEP_SEED=${seed}`);
  test.setTimeout(240_000 + kills * 60_000);
  const random = new Random(seed);
  await newPlayground(page);
  await run(page, 'create extension amcheck; create table torn(n int primary key, filler text);');
  await expect(page.getByText('CREATE TABLE').first()).toBeVisible();
  await saveNow(page);
  const startedAt = Date.now();
  await insertRow(page, 0, 'first');
  await saveNow(page);
  const saveMs = Date.now() - startedAt;
  const ends = { before: 0, after: 0 };
  let rows = 1;
  let present = page;
  for (let kill = 1; kill <= kills; kill++) {
    await insertRow(present, rows, `row of kill ${kill}`);
    void machineMenu(present, 'Save now').catch(() => {});
    // Somewhere in the save, or just before or after it.
    await present.waitForFunction(
      (moment) => new Promise((resolve) => setTimeout(() => resolve(true), moment)),
      random.next() * saveMs,
    );
    present = await killRenderer(present);
    await machineReady(present);
    const found = await checkedRows(present, `after kill ${kill}`);
    expect([rows, rows + 1]).toContain(found);
    ends[found === rows ? 'before' : 'after']++;
    rows = found;
    console.log(
      `kill ${kill} of ${kills}: as it was ${ends.before} times before, ${ends.after} times after the save`,
    );
  }
});

/** @param mark what no result before it shows */
async function insertRow(page: Page, n: number, mark: string): Promise<void> {
  await run(
    page,
    `insert into torn values (${n}, repeat(md5(random()::text), 2000)) returning '${mark}';`,
  );
  await expect(cell(page, new RegExp(`^${mark}$`))).toBeVisible();
}

/** How many rows there are, once amcheck has found nothing wrong with table and index. */
async function checkedRows(page: Page, mark: string): Promise<number> {
  await run(
    page,
    `select bt_index_check('torn_pkey', true, true);
     select count(*) || ' rows, ' || (select count(*) from verify_heapam('torn')) || ' faults, '
       || count(*) filter (where length(filler) <> 64000) || ' cut, ${mark}' from torn;`,
  );
  const found = cell(page, new RegExp(`^\\d+ rows, 0 faults, 0 cut, ${mark}$`));
  await expect(found).toBeVisible();
  return Number.parseInt((await found.textContent()) ?? '', 10);
}
