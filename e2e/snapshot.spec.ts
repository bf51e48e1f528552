import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { machineMenu } from './support/machine';
import { cell, machineReady, newPlayground, otherBrowser, run } from './support/playground';
import { snapshotLink, storedFiles } from './support/snapshot';

/** A word that is nowhere but in the data. */
const SECRET = 'wolkenkuckucksheim';

test('a snapshot link brings the machine over as it is, and the server cannot read it', async ({
  page,
  browser,
}) => {
  await newPlayground(page);
  await run(
    page,
    `create table bug as select g, '${SECRET}' || g as word from generate_series(1, 1000) g; begin; delete from bug where g > 10;`,
  );
  await expect(page.getByText('In a transaction')).toBeVisible();
  const link = await snapshotLink(page);

  const { page: colleague, context } = await otherBrowser(browser, link);
  await expect(colleague.getByText('A whole machine')).toBeVisible();
  await colleague.getByRole('button', { name: 'Open snapshot' }).click();
  await machineReady(colleague);
  await expect(colleague.getByText('In a transaction')).toBeVisible();
  await run(colleague, 'select count(*) as inside from bug;');
  await expect(cell(colleague, '10')).toBeVisible();
  await run(colleague, 'rollback; select count(*) as outside from bug;');
  await expect(cell(colleague, '1000')).toBeVisible();
  await context.close();

  const stored = await storedFiles();
  expect(stored.length).toBeGreaterThan(0);
  for (const file of stored) expect((await readFile(file)).includes(SECRET)).toBe(false);
});

test('a link without its key, with another, or deleted, says so and opens nothing', async ({
  page,
  browser,
}) => {
  await newPlayground(page);
  const link = await snapshotLink(page);
  const { page: other, context } = await otherBrowser(browser, link.replace(/#.*/, ''));
  await expect(other.getByRole('alert').filter({ hasText: /key/i })).toBeVisible();
  await other.goto('about:blank');
  await other.goto(link.replace(/#.*/, `#${'A'.repeat(43)}`));
  await expect(other.getByRole('alert').filter({ hasText: /key/i })).toBeVisible();
  await expect(other.getByRole('button', { name: 'Open snapshot' })).toHaveCount(0);

  const dialog = page.getByRole('dialog', { name: 'Snapshot' });
  await dialog
    .getByRole('button', { name: /^Delete/ })
    .first()
    .click();
  const sure = page.getByRole('button', { name: /^Delete/ }).last();
  await sure.click();
  await expect(dialog.getByRole('button', { name: /^Copy link/ })).toHaveCount(0);
  await other.goto('about:blank');
  await other.goto(link);
  await expect(other.getByRole('alert')).toContainText(/not|deleted|expired/i);
  await context.close();
});

test('data only: the dump is restored into a machine of one’s own', async ({ page, browser }) => {
  await newPlayground(page);
  await run(page, `create table only_data as select 7 as a; select a from only_data;`);
  await expect(cell(page, '7')).toBeVisible();
  const link = await snapshotLink(page, 'Data only');
  const { page: colleague, context } = await otherBrowser(browser, link);
  await colleague.getByRole('button', { name: 'Open snapshot' }).click();
  await machineReady(colleague);
  await expect
    .poll(
      async () => {
        await run(colleague, `select to_regclass('only_data') is not null as there;`);
        return cell(colleague, /^(t|f|true|false)$/).textContent();
      },
      { timeout: 60_000 },
    )
    .toMatch(/^t/);
  await context.close();
});

test('save to a file, and open that file in another browser', async ({ page, browser }) => {
  await newPlayground(page);
  await run(page, `create table in_file as select 123 as a; select a from in_file;`);
  await expect(cell(page, '123')).toBeVisible();
  // Playwright cannot answer the browser's own Save dialog; without it the page downloads.
  await page.evaluate('delete window.showSaveFilePicker');
  await machineMenu(page, 'Save to file');
  const download = page.waitForEvent('download', { timeout: 60_000 });
  await page
    .getByRole('dialog', { name: 'Save to file' })
    .getByRole('button', { name: 'Save', exact: true })
    .click();
  const file = await (await download).path();
  const { page: other, context } = await otherBrowser(browser, '/');
  await other.getByRole('button', { name: 'New playground' }).click();
  await machineReady(other);
  await machineMenu(other, 'Open from file');
  const dialog = other.getByRole('dialog', { name: 'Open from file' });
  const bytes = await readFile(file);
  const input = dialog.locator('input[type=file]');
  const damaged = Buffer.from(bytes);
  damaged.writeUInt8(damaged.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
  await input.setInputFiles({ name: 'bad.warren', mimeType: '', buffer: damaged });
  await dialog.getByRole('button', { name: /^Open/ }).click();
  await expect(dialog.getByRole('alert')).toContainText(/damaged/i);
  await input.setInputFiles({ name: 'good.warren', mimeType: '', buffer: bytes });
  const before = other.url();
  await dialog.getByRole('button', { name: /^Open/ }).click();
  await expect(dialog).toBeHidden({ timeout: 60_000 });
  await expect.poll(() => other.url()).not.toBe(before);
  await machineReady(other);
  await run(other, 'select a from in_file;');
  await expect(cell(other, '123')).toBeVisible();
  await context.close();
});
