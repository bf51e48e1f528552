import { expect, test } from '@playwright/test';
import { machineMenu, openTool } from './support/machine';
import { cell, machineReady, newPlayground, run } from './support/playground';

test('a reboot with more memory keeps the data', async ({ page }) => {
  await newPlayground(page);
  await run(page, `create table carried as select 99 as a; select a from carried;`);
  await expect(cell(page, '99')).toBeVisible();
  await machineMenu(page, 'Reboot');
  const dialog = page.getByRole('dialog', { name: 'Reboot' });
  await dialog.getByRole('combobox', { name: 'Memory' }).selectOption({ label: '512 MB' });
  await dialog.getByRole('radio', { name: 'Keep the data' }).check();
  await dialog.getByRole('button', { name: 'Reboot', exact: true }).click();
  await expect(dialog.getByText(/All data are back/)).toBeVisible({ timeout: 120_000 });
  await page.keyboard.press('Escape');
  await run(
    page,
    `select a, (select count(*) from pg_roles where rolname = 'owner') from carried;`,
  );
  await expect(cell(page, '99')).toBeVisible();
  await expect(page.getByText(/^512 MB/).first()).toBeVisible();
});

test('a full boot shows the kernel as it starts', async ({ page }) => {
  test.setTimeout(300_000);
  await newPlayground(page);
  await machineMenu(page, 'Reboot');
  const dialog = page.getByRole('dialog', { name: 'Reboot' });
  await dialog.getByRole('radio', { name: 'Full boot' }).check();
  await dialog.getByRole('radio', { name: 'Begin empty' }).check();
  await dialog.getByRole('button', { name: 'Reboot', exact: true }).click();
  await expect(dialog.getByText(/Linux version/)).toBeVisible({ timeout: 60_000 });
  await expect(dialog.getByText('PostgreSQL is ready.')).toBeVisible({ timeout: 180_000 });
  await page.keyboard.press('Escape');
  await machineReady(page);
  await run(page, `select 'booted' as state;`);
  await expect(cell(page, 'booted')).toBeVisible();
});

test('each memory size starts', async ({ page }) => {
  for (const size of ['128 MB', '1024 MB']) {
    await page.goto('/');
    await page.getByRole('combobox', { name: 'Memory' }).selectOption({ label: size });
    await page.getByRole('button', { name: 'New playground' }).click();
    await machineReady(page);
    await expect(page.getByText(new RegExp(`^${size}`)).first()).toBeVisible();
    await run(page, `select 'in ${size}' as state;`);
    await expect(cell(page, `in ${size}`)).toBeVisible();
  }
});

test('Activity shows what runs, and cancels it', async ({ page }) => {
  await newPlayground(page);
  const panel = await openTool(page, 'Activity');
  await run(page, 'select pg_sleep(3600);');
  await expect(panel.getByRole('cell', { name: /pg_sleep\(3600\)/ })).toBeVisible();
  await panel
    .getByRole('row', { name: /pg_sleep\(3600\)/ })
    .getByRole('button', { name: /Cancel the query/ })
    .click();
  await expect(
    page.getByRole('alert').filter({ hasText: 'canceling statement due to user request' }).first(),
  ).toBeVisible();
});

test('Log shows what PostgreSQL logs, live and filtered', async ({ page }) => {
  await newPlayground(page);
  const panel = await openTool(page, 'Log');
  await run(page, `do $$ begin raise log 'a needle in the log'; end $$;`);
  await expect(panel.getByText('a needle in the log').first()).toBeVisible();
  await panel.getByRole('searchbox', { name: 'Filter the log' }).fill('no such line');
  await expect(panel.getByText('a needle in the log')).toHaveCount(0);
  await panel.getByRole('searchbox', { name: 'Filter the log' }).fill('needle');
  await expect(panel.getByText('a needle in the log').first()).toBeVisible();
});
