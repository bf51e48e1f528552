import { expect, type Page, test } from '@playwright/test';
import { seriousViolations } from './support/access';
import { cellOf, runCell, valueIn } from './support/notebook';
import { machineReady } from './support/playground';

async function openTour(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('radio', { name: /Tour/ }).check();
  await page.getByRole('button', { name: 'New playground' }).click();
  await machineReady(page);
  await expect(cellOf(page, 8)).toBeVisible();
}

test('the tour is done with the keyboard alone', async ({ page }) => {
  await openTour(page);
  const numbers = [1, 2, 3, 4, 5, 6, 7, 8];
  await cellOf(page, 1).focus();
  for (const number of numbers) {
    await expect(cellOf(page, number)).toBeFocused();
    const isSql =
      (await cellOf(page, number).getByRole('button', { name: 'Run cell' }).count()) > 0;
    if (isSql) {
      await page.keyboard.press('ControlOrMeta+Enter');
      await expect(cellOf(page, number).getByRole('region', { name: 'Result' })).toBeVisible();
      await expect(cellOf(page, number).getByText(/run (by|at)/)).toBeVisible();
    }
    await page.keyboard.press('j');
  }
  // Jupyter's keys: a cell above, write in it, run it, leave it, delete it, take the deletion back.
  await page.keyboard.press('a');
  await expect(cellOf(page, 8)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(cellOf(page, 8).getByRole('textbox', { name: 'SQL' })).toBeFocused();
  await page.keyboard.insertText('select 6 * 7 as answer;');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(valueIn(page, 8, '42')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('d');
  await page.keyboard.press('d');
  await expect(cellOf(page, 9)).toBeHidden();
  await page.keyboard.press('z');
  await expect(cellOf(page, 9)).toBeVisible();
  await page.keyboard.press('ControlOrMeta+K');
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
  await page.keyboard.press('Escape');
});

test('no page keeps people out, and none asks another server for anything', async ({
  page,
  baseURL,
}) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== baseURL && protocol.startsWith('http')) foreign.push(request.url());
  });
  await page.goto('/');
  expect(await seriousViolations(page)).toEqual([]);
  await openTour(page);
  await runCell(page, 2, 'select i as n, i * i as square from generate_series(1, 20) i;');
  await expect(valueIn(page, 2, '400')).toBeVisible();
  expect(await seriousViolations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await seriousViolations(page)).toEqual([]);
  for (const name of ['History', 'Fork', 'Export', 'Import', 'Share']) {
    await page.getByRole('button', { name, exact: true }).click();
    await expect(page.getByRole('dialog', { name })).toBeVisible();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
  }
  expect(foreign).toEqual([]);
});

test('a telephone is wide enough', async ({ browser }) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByRole('button', { name: 'New playground' }).click();
  await machineReady(page);
  await cellOf(page, 1)
    .getByRole('textbox', { name: 'SQL' })
    .fill("select 1 as one, repeat('x', 300) as wide;");
  await cellOf(page, 1).getByRole('button', { name: 'Run cell' }).click();
  await expect(valueIn(page, 1, '1')).toBeVisible();
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  await context.close();
});
