import { expect, type Locator, type Page } from '@playwright/test';

/** Chooses an item of the menu Machine. */
export async function machineMenu(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Machine', exact: true }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

/** Opens the tools under the notebook at one of their tabs. */
export async function openTool(
  page: Page,
  tab: 'Terminal' | 'Files' | 'Activity' | 'Log',
): Promise<Locator> {
  const toggle = page.getByRole('button', { name: 'Tools', exact: true });
  if ((await toggle.getAttribute('aria-expanded')) !== 'true') await toggle.click();
  await page.getByRole('tab', { name: tab, exact: true }).click();
  const panel = page.getByRole('tabpanel', { name: tab, exact: true });
  await expect(panel).toBeVisible();
  return panel;
}

/** Saves the machine into this browser and waits until nothing of it would be lost. */
export async function saveNow(page: Page): Promise<void> {
  await machineMenu(page, 'Save now');
  await expect(page.getByRole('status', { name: 'Last saved' })).toHaveText(
    /^Saved \d\d:\d\d:\d\d$/,
  );
}

/** What a terminal shows, as a screen reader would be told with the reader's mode on: its rows. */
export function terminalRows(page: Page): Locator {
  return page.getByRole('region', { name: 'Terminals' }).locator('.xterm-rows');
}

/** Types a line into the terminal that is shown. */
export async function typeLine(page: Page, line: string): Promise<void> {
  await page.getByRole('region', { name: 'Terminals' }).getByRole('textbox').first().focus();
  await page.keyboard.type(`${line}\n`);
}

/** Ends the page's process as the system would, and opens its address again in a new page. */
export async function killRenderer(page: Page): Promise<Page> {
  const context = page.context();
  const url = page.url();
  const crashed = page.waitForEvent('crash');
  const session = await context.newCDPSession(page);
  void session.send('Page.crash').catch(() => {});
  await crashed;
  await page.close();
  const next = await context.newPage();
  await next.goto(url);
  return next;
}
