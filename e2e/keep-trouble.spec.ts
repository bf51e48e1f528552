import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { denyStorage } from './support/denied-storage';
import { leaveRoom, meterStorage } from './support/full-storage';
import { killRenderer, machineMenu, openTool, saveNow } from './support/machine';
import { cell, machineReady, newPlayground, problem, run } from './support/playground';

/** What goes wrong around a machine is told, and what was there before is still there. */

test('a browser that keeps nothing says so; the machine runs, and is saved to a file', async ({
  page,
  context,
}) => {
  await denyStorage(context);
  await newPlayground(page);
  await page.evaluate('delete window.showSaveFilePicker');
  await run(page, 'create table fleeting as select 6 * 7 as answer; select answer from fleeting;');
  await expect(cell(page, '42')).toBeVisible();
  await machineMenu(page, 'Save now');
  await expect(problem(page, 'This browser keeps no data for this page').first()).toBeVisible();
  await expect(page.getByRole('status', { name: 'Last saved' })).toHaveText(/^Not saved/);
  await machineMenu(page, 'Save to file');
  const dialog = page.getByRole('dialog', { name: 'Save to file' });
  const download = page.waitForEvent('download', { timeout: 60_000 });
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  const file = await readFile(await (await download).path());
  expect(file.subarray(0, 8).toString()).toBe('WARRENSN');
});

test.describe('one machine', () => {
  test.describe.configure({ mode: 'serial' });
  let page: Page;

  test.beforeAll(async ({ browser }) => {
    const context = await browser.newContext();
    await meterStorage(context);
    page = await context.newPage();
    await newPlayground(page);
    await run(page, 'create table there_before as select 42 as answer;');
    await expect(page.getByText('SELECT 1').first()).toBeVisible();
  });
  test.afterAll(() => page.context().close());

  test('names of files that mean folders, hold a slash or are too long are refused; others are taken as they are', async () => {
    const panel = await openTool(page, 'Files');
    const field = panel.getByLabel('Files to upload');
    const file = (name: string, text = '') => ({
      ...{ name, mimeType: '', buffer: Buffer.from(text) },
    });
    await field.setInputFiles(file('before.txt', 'as it was'));
    await expect(panel.getByRole('row', { name: /before\.txt/ })).toBeVisible();
    await field.setInputFiles([
      ...[file('..'), file('../../etc/passwd'), file('ü'.repeat(2_048))],
      ...[file('ü'.repeat(127)), file('two\nlines'), file('nothing')],
    ]);
    const refused = panel.getByRole('alert');
    await expect(refused).toContainText('“..” was left out. This name means a folder itself');
    await expect(refused).toContainText('A name cannot hold a slash');
    await expect(refused).toContainText('The name takes 4096 bytes; the machine allows 255');
    await expect(panel.getByRole('row', { name: /^two\\nlines/ })).toBeVisible();
    await expect(panel.getByRole('row', { name: /^nothing/ })).toContainText('0 bytes');
    await run(
      page,
      `select string_agg(concat_ws(':', replace(f, chr(10), '<newline>'), length(f), length(pg_read_file('/files/' || f))), ' ' order by f collate "C") from pg_ls_dir('/files') f;`,
    );
    await expect(
      cell(page, `before.txt:10:9 nothing:7:0 two<newline>lines:9:0 ${'ü'.repeat(127)}:127:0`),
    ).toBeVisible();
  });

  test('a dump that fails half-way: nothing of it is kept, or its errors are counted', async () => {
    const panel = await openTool(page, 'Files');
    const dump = `-- PostgreSQL database dump
      create table half(a int);
      copy half from stdin;\n1\nno number\n\\.
      insert into half values (2);
      drop table nowhere;
      update there_before set answer = answer + 1;`;
    const buffer = Buffer.from(dump.replaceAll(/^ +/gm, ''));
    await panel
      .getByLabel('Dump to restore')
      .setInputFiles({ name: 'half.sql', mimeType: '', buffer });
    const dialog = page.getByRole('dialog', { name: 'Restore half.sql' });
    const restore = dialog.getByRole('button', { name: 'Restore', exact: true });
    await restore.click();
    const report = dialog.getByRole('alert');
    await expect(report).toContainText('The restore stopped at an error');
    await expect(report).toContainText('database “postgres” is as it was');
    await expect(dialog.getByText('invalid input syntax for type integer').first()).toBeVisible();
    await dialog.getByRole('button', { name: 'Change and try again' }).click();
    await dialog.getByLabel('Single transaction').uncheck();
    await dialog.getByLabel('Stop at the first error').uncheck();
    await restore.click();
    await expect(report).toContainText('Restored with 2 errors');
    await dialog.getByRole('button', { name: 'Done' }).click();
    // Once for each time that all went through.
    await run(page, 'select answer, array(select a from half) as half from there_before;');
    await expect(cell(page, '43')).toBeVisible();
    await expect(cell(page, '{2}')).toBeVisible();
  });

  test('storage that is full half-way is told; what was saved before comes back', async () => {
    const panel = await openTool(page, 'Files');
    await saveNow(page);
    await leaveRoom(page, 1_000_000);
    const large = { name: 'large', mimeType: '', buffer: randomBytes(8_000_000) };
    await panel.getByLabel('Files to upload').setInputFiles(large);
    await expect(panel.getByRole('row', { name: /^large/ })).toContainText('8.0 MB', {
      timeout: 60_000,
    });
    await machineMenu(page, 'Save now');
    const trouble = problem(page, 'The machine could not be saved');
    await expect(trouble).toContainText('This browser has no more room for machines');
    await expect(page.getByRole('status', { name: 'Last saved' })).toHaveText(/^Not saved since/);
    page = await killRenderer(page);
    await machineReady(page);
    await run(
      page,
      `select answer, to_regclass('half'), 'files ' || string_agg(replace(f, chr(10), '<newline>'), ' ' order by f) from there_before, pg_ls_dir('/files') f where f like '%e%' group by 1, 2;`,
    );
    await expect(cell(page, '43')).toBeVisible();
    await expect(cell(page, 'files before.txt two<newline>lines')).toBeVisible();
    await machineMenu(page, 'Save now');
    await expect(page.getByRole('status', { name: 'Last saved' })).toHaveText(
      /^Saved \d\d:\d\d:\d\d/,
    );
  });
});
