import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test';

/** How long a machine may take to come up on a busy CI machine. */
const MACHINE_READY_MS = 60_000;

/** The links of a playground as the Share dialog shows them. */
export interface SharedLinks {
  readonly edit: string;
  readonly view: string;
  readonly connection: string;
}

/** Presses New playground on the home page and waits until PostgreSQL answers. */
export async function newPlayground(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'New playground' }).click();
  await machineReady(page);
}

export async function machineReady(page: Page): Promise<void> {
  const machine = page.getByRole('status', { name: 'Machine' });
  await expect(machine).toContainText('PostgreSQL 17', { timeout: MACHINE_READY_MS });
  await expect(machine).toContainText('ready');
}

/**
 * Replaces what is in the editor and runs it, as a person would: once Monaco is there it indents each line, also
 * within a string. Where white space counts, bring a file.
 */
export async function run(page: Page, sql: string): Promise<void> {
  await write(page, sql);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
}

async function write(page: Page, sql: string): Promise<void> {
  const editor = page.getByRole('textbox', { name: 'SQL' });
  await editor.focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(sql);
}

/** The text of a grid cell in the newest result. */
export function cell(page: Page, text: string | RegExp) {
  return result(page).getByRole('gridcell', { name: text }).first();
}

/** An error the page tells. Next and Monaco keep empty alerts of their own for announcements. */
export function problem(page: Page, text: string | RegExp) {
  return page.getByRole('alert').filter({ hasText: text });
}

export function result(page: Page) {
  return page.getByRole('region', { name: 'Result' });
}

/** Opens Share, reads the links, and closes it again. */
export async function share(page: Page): Promise<SharedLinks> {
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  const edit = dialog.getByRole('textbox', { name: 'Edit link' });
  await expect(edit).toHaveValue(/#/);
  const view = dialog.getByRole('textbox', { name: 'View link' });
  await expect(view).toHaveValue(/#/);
  const connection = dialog.getByRole('textbox', { name: 'Connection string' });
  await expect(connection).toHaveValue(/^postgres:\/\//);
  const links = {
    edit: await edit.inputValue(),
    view: await view.inputValue(),
    connection: await connection.inputValue(),
  };
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  return links;
}

/** A browser of one's own: nothing shared with any other context. */
export async function otherBrowser(
  browser: Browser,
  url: string,
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  return { context, page };
}
