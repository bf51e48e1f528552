import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { openTool, saveNow, terminalRows, typeLine } from './support/machine';
import { cell, machineReady, newPlayground, run } from './support/playground';

const DUMPS = 'components/files/testing/dumps';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('psql and a shell, with an open transaction and scrollback across a reload', async ({
  page,
}) => {
  await newPlayground(page);
  const panel = await openTool(page, 'Terminal');
  await panel.getByRole('button', { name: 'New psql' }).click();
  await expect(terminalRows(page)).toContainText('postgres=#', { timeout: 30_000 });
  await typeLine(
    page,
    'create table typed as select 4711 as n; begin; insert into typed values (1);',
  );
  await expect(terminalRows(page)).toContainText('postgres=*#');
  const size = await fontSize();
  await panel.getByRole('button', { name: 'Larger text' }).click();
  await expect.poll(fontSize).toBeGreaterThan(size);
  await saveNow(page);
  await page.reload();
  await machineReady(page);
  await openTool(page, 'Terminal');
  await expect(terminalRows(page)).toContainText('create table typed');
  await typeLine(page, 'select sum(n) from typed;');
  await expect(terminalRows(page)).toContainText('4712');
  await panel.getByRole('button', { name: 'New shell' }).click();
  await expect(terminalRows(page)).toContainText('$');
  await typeLine(page, 'echo $((6 * 7)) from the shell');
  await expect(terminalRows(page)).toContainText('42 from the shell');

  async function fontSize(): Promise<number> {
    return page
      .locator('.xterm-rows')
      .evaluate((rows) => Number.parseFloat(getComputedStyle(rows).fontSize));
  }
});

test('files go in and come out with equal hashes; odd names and empty files too', async ({
  page,
}, testInfo) => {
  await newPlayground(page);
  await page.evaluate('delete window.showSaveFilePicker');
  const panel = await openTool(page, 'Files');
  const bytes = randomBytes(Number(process.env.E2E_FILE_MB ?? 20) * 1024 * 1024);
  const large = testInfo.outputPath('large.bin');
  const empty = testInfo.outputPath('empty file.bin');
  await writeFile(large, bytes);
  await writeFile(empty, '');
  await expect(panel.getByRole('button', { name: 'Upload files' })).toBeEnabled();
  await panel.locator('input[type=file]').first().setInputFiles([large, empty]);
  await expect(panel.getByRole('row', { name: /large\.bin/ })).toContainText('MB', {
    timeout: 120_000,
  });
  await expect(panel.getByRole('row', { name: /empty file\.bin/ })).toBeVisible();
  // Read piece by piece: a backend that held all of it would take half of the machine's memory.
  await run(
    page,
    `create temp table hash(line text);
     copy hash from program 'busybox md5sum /files/large.bin';
     select split_part(line, ' ', 1) as hash from hash;`,
  );
  await expect(cell(page, createHash('md5').update(bytes).digest('hex'))).toBeVisible({
    timeout: 60_000,
  });
  const download = page.waitForEvent('download', { timeout: 120_000 });
  await panel.getByRole('button', { name: 'Actions for large.bin' }).click();
  await page.getByRole('menuitem', { name: /Download/ }).click();
  const back = await readFile(await (await download).path());
  expect(sha256(back)).toBe(sha256(bytes));
});

test('a database goes out as a custom dump and comes back into a new database', async ({
  page,
}) => {
  await newPlayground(page);
  await page.evaluate('delete window.showSaveFilePicker');
  await run(page, `create table dumped as select g from generate_series(1, 500) g;`);
  const panel = await openTool(page, 'Files');
  await panel.getByRole('button', { name: /Export/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Export database' });
  await dialog.getByLabel('Custom, for pg_restore').check();
  const download = page.waitForEvent('download', { timeout: 60_000 });
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  const file = await (await download).path();
  expect((await readFile(file)).subarray(0, 5).toString()).toBe('PGDMP');
  await page.keyboard.press('Escape');
  await restore(page, file, { database: 'again' });
  await run(page, `select count(*) from pg_database where datname = 'again';`);
  await expect(cell(page, '1')).toBeVisible();
});

test('custom dumps of the real pg_dump 15, 16 and 17 are restored whole', async ({ page }) => {
  // Five restores and four inventories of a schema of all kinds of things, in an emulated machine.
  test.slow();
  const patience = { timeout: 60_000 };
  await newPlayground(page);
  await openTool(page, 'Files');
  // By psql, byte for byte: an editor that is written into indents lines, and some of these lie within values.
  await restore(page, `${DUMPS}/lager.sql`);
  await restore(page, `${DUMPS}/inventory.sql`);
  await run(page, `select count(*) || ' lines' from truth;`);
  await expect(cell(page, '478 lines')).toBeVisible();
  for (const version of [15, 16, 17]) {
    await run(
      page,
      `drop schema lager cascade; select lo_unlink(424242), 'gone before ${version}';`,
    );
    await expect(cell(page, `gone before ${version}`)).toBeVisible(patience);
    const about = `made by pg_dump ${version}`;
    await restore(page, `${DUMPS}/lager-${version}.dump`, { about });
    // The lines themselves, so that a failure says what they are.
    await run(
      page,
      `select count(*) || ' differences of ${version}' || coalesce(': ' || string_agg(line, ' ' order by line), '')
       from differences;`,
    );
    await expect(cell(page, `differences of ${version}`)).toHaveText(
      `0 differences of ${version}`,
      patience,
    );
  }
});

interface RestoreOptions {
  /** Of a new database; that of the page when left out. */
  readonly database?: string;
  /** What the page tells of the dump beforehand. */
  readonly about?: string;
}

/** Restores a dump of this computer, or a script. */
async function restore(
  page: Page,
  file: string,
  { database, about = '' }: RestoreOptions = {},
): Promise<void> {
  const panel = page.getByRole('tabpanel', { name: 'Files' });
  await panel.locator('input[type=file]').last().setInputFiles(file);
  const dialog = page.getByRole('dialog', { name: /Restore/ });
  await expect(dialog).toContainText(about);
  if (database !== undefined) {
    await dialog.getByLabel('a new database').check();
    await dialog.getByLabel('Name of the new database').fill(database);
  }
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(dialog.getByText('Restored', { exact: true })).toBeVisible({ timeout: 60_000 });
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(dialog).toBeHidden();
}
