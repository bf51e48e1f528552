import { expect, type Locator, type Page, test } from '@playwright/test';
import { expectOpenToAll, leaveDialog } from './support/access';
import { openTool, terminalRows } from './support/machine';
import { newPlayground, otherBrowser } from './support/playground';

test('menu, dialogs and the page of a snapshot: by keyboard, to everybody, and back to where one was', async ({
  page,
  browser,
}) => {
  // Each state is looked at twice, light and dark.
  test.slow();
  await newPlayground(page);
  const button = page.getByRole('button', { name: 'Machine', exact: true });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Home');
  await expect(page.getByRole('menuitem', { name: 'Save now' })).toBeFocused();
  await expectOpenToAll(page);
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();

  for (const [item, name] of [
    ['Save to file', 'Save to file'],
    ['Open from file', 'Open from file'],
    ['Make this the start', 'Make this the start?'],
    ['Reset to start', 'Reset to start?'],
    ['Reboot', 'Reboot'],
    ['Shut down', 'Shut down the machine?'],
  ] as const) {
    const dialog = await chooseByKeys(page, item, name);
    await expectOpenToAll(page);
    await leaveDialog(page, dialog, button);
  }

  const dialog = await chooseByKeys(page, 'Create snapshot link', 'Snapshot');
  await dialog.getByRole('checkbox', { name: 'Template for a workshop' }).focus();
  await page.keyboard.press('Space');
  await expect(dialog.getByRole('combobox', { name: 'Can be opened' })).toBeHidden();
  await expect(dialog.getByText('What travels beside the tables')).toBeVisible();
  await expectOpenToAll(page);
  await dialog.getByRole('button', { name: 'Create', exact: true }).focus();
  await page.keyboard.press('Enter');
  const link = dialog.getByRole('textbox', { name: 'Snapshot link' });
  await expect(link).toHaveValue(/#/, { timeout: 60_000 });
  const url = await link.inputValue();
  const ask = dialog.getByRole('button', { name: /^Delete/ });
  await ask.focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await expectOpenToAll(page);
  // Escape answers the question; the dialog stays.
  await page.keyboard.press('Escape');
  await expect(ask).toBeFocused();
  await leaveDialog(page, dialog, button);

  const { page: visitor, context } = await otherBrowser(browser, url);
  await expect(visitor.getByRole('button', { name: 'Open snapshot' })).toBeVisible();
  await expect(visitor.getByText('any number of times')).toBeVisible();
  await expectOpenToAll(visitor);
  await visitor.goto('about:blank');
  await visitor.goto(url.replace(/#.*/, ''));
  await expect(visitor.getByRole('alert').filter({ hasText: /key/ })).toBeVisible();
  await expectOpenToAll(visitor);
  await context.close();

  await page.goto('/');
  const remove = page.getByRole('button', { name: /^Delete/ });
  await expect(remove).toHaveCount(1);
  await remove.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await expectOpenToAll(page);
  await page.keyboard.press('Escape');
  await expect(remove).toBeFocused();
});

test('the tools: by keyboard, to everybody, and a file that goes leaves the focus to the next', async ({
  page,
}) => {
  // Each state is looked at twice, light and dark.
  test.slow();
  await newPlayground(page);
  const terminal = await openTool(page, 'Terminal');
  await terminal.getByRole('button', { name: 'New psql' }).focus();
  await page.keyboard.press('Enter');
  await expect(terminalRows(page)).toContainText('postgres=#', { timeout: 120_000 });
  await page.keyboard.press('Control+Shift+F');
  await expect(terminal.getByRole('searchbox')).toBeFocused();
  await expectOpenToAll(page);
  await page.keyboard.press('Escape');
  await expect(terminal.getByRole('textbox', { name: /psql/ })).toBeFocused();
  await page.keyboard.press('F6');
  await expect(terminal.getByRole('tab', { name: /psql/ })).toBeFocused();

  const files = await openTool(page, 'Files');
  await filesByKeyboard(page, files);

  const activity = await openTool(page, 'Activity');
  await expect(activity.getByRole('table', { name: 'Sessions' })).toBeVisible({ timeout: 60_000 });
  await expectOpenToAll(page);
  await activity.getByRole('button', { name: 'Settings' }).press('Enter');
  await activity
    .getByRole('button', { name: /^Change/ })
    .first()
    .press('Enter');
  await expectOpenToAll(page);
  await activity.getByRole('button', { name: 'Extensions' }).press('Enter');
  await expect(activity.getByRole('list', { name: 'Extensions' })).toBeVisible({ timeout: 60_000 });
  await expectOpenToAll(page);

  const log = await openTool(page, 'Log');
  await expect(log.getByText(/database system is ready/).first()).toBeVisible({ timeout: 60_000 });
  await expectOpenToAll(page);
});

async function filesByKeyboard(page: Page, files: Locator): Promise<void> {
  const file = (name: string) => ({ name, mimeType: '', buffer: Buffer.from(name) });
  await expect(files.getByRole('button', { name: 'Upload files' })).toBeEnabled();
  const upload = files.locator('input[type=file]').first();
  await upload.setInputFiles([file('a.txt'), file('b.txt'), file('c.txt')]);
  const row = (name: string) => files.getByRole('button', { name, exact: true });
  await expect(row('c.txt')).toBeVisible({ timeout: 60_000 });
  await expectOpenToAll(page);

  await row('b.txt').focus();
  await page.keyboard.press('F2');
  const rename = page.getByRole('dialog', { name: /^Rename/ });
  await expectOpenToAll(page);
  await leaveDialog(page, rename, row('b.txt'));
  await page.keyboard.press('F2');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('z.txt\n');
  await expect(row('z.txt')).toBeFocused();

  await row('a.txt').focus();
  await page.keyboard.press('Delete');
  const remove = page.getByRole('dialog', { name: /^Delete/ });
  await expectOpenToAll(page);
  await remove.getByRole('button', { name: 'Delete', exact: true }).press('Enter');
  await expect(remove).toBeHidden();
  await expect(row('c.txt')).toBeFocused();

  const menu = files.getByRole('button', { name: 'Actions for c.txt' });
  await menu.press('Enter');
  await page.getByRole('menuitem', { name: 'Restore…' }).press('Enter');
  const restore = page.getByRole('dialog', { name: /^Restore/ });
  await expect(restore.getByRole('alert')).toBeVisible({ timeout: 60_000 });
  await expectOpenToAll(page);
  await leaveDialog(page, restore, menu);

  const make = files.getByRole('button', { name: 'Export database' });
  await make.press('Enter');
  const dump = page.getByRole('dialog', { name: 'Export database' });
  await expectOpenToAll(page);
  await leaveDialog(page, dump, make);

  await upload.setInputFiles('components/files/testing/dumps/shop-15.dump');
  const choice = page.getByRole('dialog', { name: /is a dump/ });
  await expectOpenToAll(page);
  await choice.getByRole('button', { name: 'Restore…' }).press('Enter');
  await expect(restore.getByRole('button', { name: 'Restore', exact: true })).toBeVisible();
  await expectOpenToAll(page);
  await page.keyboard.press('Escape');
  await expect(restore).toBeHidden();
}

/** Opens the menu Machine and chooses an item, by keys alone. */
async function chooseByKeys(page: Page, item: string, dialogName: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Machine', exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: item, exact: true }).press('Enter');
  const dialog = page.getByRole('dialog', { name: dialogName, exact: true });
  await expect(dialog).toBeVisible();
  return dialog;
}
