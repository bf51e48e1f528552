import { expect, type Locator, type Page } from '@playwright/test';

/** A cell by its number, as a screen reader names it. */
export function cellOf(page: Page, number: number): Locator {
  return page
    .getByRole('region', { name: 'Notebook' })
    .getByRole('group', { name: `Cell ${number}`, exact: true });
}

/** Replaces the text of an SQL cell, as a person would. */
export async function write(page: Page, number: number, sql: string): Promise<void> {
  await cellOf(page, number).getByRole('textbox', { name: 'SQL' }).focus();
  await page.keyboard.press('ControlOrMeta+A');
  if (sql === '') await page.keyboard.press('Delete');
  else await page.keyboard.insertText(sql);
}

/** Replaces the text of a cell and runs it. */
export async function runCell(page: Page, number: number, sql: string): Promise<void> {
  await write(page, number, sql);
  await cellOf(page, number).getByRole('button', { name: 'Run cell' }).click();
}

/** A value in the newest result of a cell. */
export function valueIn(page: Page, number: number, text: string | RegExp): Locator {
  return cellOf(page, number)
    .getByRole('region', { name: 'Result' })
    .getByRole('gridcell', { name: text })
    .first();
}

/** The lines of an SQL cell, be it the plain editor or Monaco. */
export async function sqlOf(page: Page, number: number): Promise<string> {
  return cellOf(page, number)
    .locator('[data-cell-editor]')
    .evaluate((editor) => {
      const monaco = editor.querySelector('.view-lines');
      if (!monaco) return editor.querySelector('textarea')?.value ?? '';
      const lines = [...monaco.querySelectorAll<HTMLElement>('.view-line')];
      lines.sort((a, b) => a.offsetTop - b.offsetTop);
      return lines.map((line) => line.textContent?.replaceAll('\u00a0', ' ')).join('\n');
    });
}

/** Waits until the server has stored all that this page shows. */
export async function saved(page: Page): Promise<void> {
  await expect(page.getByRole('status', { name: 'Save state' })).toHaveText('Saved');
}
