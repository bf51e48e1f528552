import { readFile, writeFile } from 'node:fs/promises';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { cellOf, runCell, saved, sqlOf, valueIn, write } from './support/notebook';
import {
  machineReady,
  newPlayground,
  otherBrowser,
  type SharedLinks,
  share,
} from './support/playground';

test.describe('a notebook that three people write', () => {
  test.describe.configure({ mode: 'serial' });
  let owner: Page;
  let editor: Page;
  let viewer: Page;
  let links: SharedLinks;
  const contexts: BrowserContext[] = [];

  test.beforeAll(async ({ browser }) => {
    const context = await browser.newContext({ acceptDownloads: true });
    contexts.push(context);
    owner = await context.newPage();
    await newPlayground(owner);
    links = await share(owner);
    for (const link of [links.edit, links.view]) {
      const other = await otherBrowser(browser, link);
      contexts.push(other.context);
      await machineReady(other.page);
      if (link === links.edit) editor = other.page;
      else viewer = other.page;
    }
  });
  test.afterAll(async () => {
    for (const context of contexts) await context.close();
  });

  test('what one writes and runs, all see', async () => {
    await runCell(
      owner,
      1,
      "create table pets (name text); insert into pets values ('Momo') returning name;",
    );
    await expect(valueIn(owner, 1, 'Momo')).toBeVisible();
    await expect(valueIn(editor, 1, 'Momo')).toBeVisible();
    await expect(valueIn(viewer, 1, 'Momo')).toBeVisible();
    await expect.poll(() => sqlOf(viewer, 1)).toContain('create table pets');
    await saved(owner);
  });

  test('each sees who is there, and where the others write', async () => {
    for (const page of [owner, editor, viewer]) {
      await expect(page.getByRole('list', { name: 'People' }).getByRole('listitem')).toHaveCount(3);
    }
    await editor.getByRole('button', { name: 'Add SQL cell' }).last().click();
    await write(editor, 2, 'select name from pets;');
    await expect(cellOf(owner, 2).locator('.yRemoteSelectionHead').first()).toBeAttached();
    await expect.poll(() => sqlOf(owner, 2)).toBe('select name from pets;');
  });

  test('two write in one cell at once, and nothing is lost', async () => {
    await write(owner, 2, '');
    await expect.poll(() => sqlOf(editor, 2)).toBe('');
    await cellOf(owner, 2).getByRole('textbox', { name: 'SQL' }).focus();
    await cellOf(editor, 2).getByRole('textbox', { name: 'SQL' }).focus();
    await Promise.all([
      owner.keyboard.type('-- owner owner owner'),
      editor.keyboard.type('-- EDITOR EDITOR EDITOR'),
    ]);
    await saved(owner);
    await saved(editor);
    await expect.poll(async () => (await sqlOf(owner, 2)) === (await sqlOf(editor, 2))).toBe(true);
    const text = await sqlOf(owner, 2);
    expect([...text.replace(/[^a-z]/g, '')].sort()).toEqual([...'ownerownerowner'].sort());
    expect([...text.replace(/[^A-Z]/g, '')].sort()).toEqual([...'EDITOREDITOREDITOR'].sort());
  });

  test('undo takes back one’s own edits only', async () => {
    await write(owner, 2, 'select 1;');
    await saved(owner);
    await expect.poll(() => sqlOf(editor, 2)).toBe('select 1;');
    await cellOf(editor, 2).getByRole('textbox', { name: 'SQL' }).focus();
    await editor.keyboard.press('ControlOrMeta+End');
    await editor.keyboard.type(' -- of the editor');
    await expect.poll(() => sqlOf(owner, 2)).toBe('select 1; -- of the editor');
    await cellOf(owner, 2).getByRole('textbox', { name: 'SQL' }).focus();
    await owner.keyboard.press('ControlOrMeta+Z');
    await expect.poll(() => sqlOf(owner, 2)).toContain('-- of the editor');
    await expect.poll(() => sqlOf(owner, 2)).not.toContain('select 1;');
  });

  test('a deleted cell comes back', async () => {
    await write(owner, 2, 'select 2;');
    await cellOf(owner, 2).getByRole('button', { name: 'Delete cell' }).click();
    await expect(cellOf(editor, 2)).toBeHidden();
    await owner.getByRole('button', { name: 'Undo' }).first().click();
    await expect(cellOf(editor, 2)).toBeVisible();
    await expect.poll(() => sqlOf(editor, 2)).toBe('select 2;');
  });

  test('a viewer runs in private and changes nothing', async () => {
    await expect(viewer.getByRole('button', { name: 'Add SQL cell' })).toHaveCount(0);
    await expect(cellOf(viewer, 1).getByRole('button', { name: 'Delete cell' })).toHaveCount(0);
    await runCell(viewer, 1, `select 'seen by ' || current_user;`);
    await expect(valueIn(viewer, 1, 'seen by viewer')).toBeVisible();
    await expect.poll(() => sqlOf(owner, 1)).toContain('create table pets');
    await expect(valueIn(owner, 1, 'Momo')).toBeVisible();
  });

  test('edits made offline are merged', async () => {
    const [, context] = contexts;
    await context?.setOffline(true);
    await expect(editor.getByRole('status', { name: 'Save state' })).toHaveText('Offline');
    await write(editor, 2, `select 'from the train';`);
    await owner.getByRole('button', { name: 'Add SQL cell' }).last().click();
    await write(owner, 3, `select 'from the office';`);
    await saved(owner);
    await context?.setOffline(false);
    await saved(editor);
    for (const page of [owner, editor, viewer]) {
      await expect.poll(() => sqlOf(page, 2)).toBe(`select 'from the train';`);
      await expect.poll(() => sqlOf(page, 3)).toBe(`select 'from the office';`);
    }
  });

  test('a lock of one makes the other wait, and the badge shows the transaction', async () => {
    await runCell(owner, 2, `begin; update pets set name = 'Kiki';`);
    await expect(owner.getByText('In a transaction')).toBeVisible();
    await runCell(editor, 3, `update pets set name = 'Lulu' returning name;`);
    await expect(cellOf(editor, 3).getByText(/Running/)).toBeVisible();
    await runCell(owner, 2, 'commit;');
    await expect(valueIn(editor, 3, 'Lulu')).toBeVisible();
  });

  test('history gives a version back', async () => {
    await write(owner, 2, 'select 3;');
    await saved(owner);
    await owner.getByRole('button', { name: 'History', exact: true }).click();
    const history = owner.getByRole('dialog', { name: 'History' });
    await history.getByRole('textbox', { name: 'Name of the version' }).fill('Three');
    await history.getByRole('button', { name: 'Save version' }).click();
    await expect(history.getByText('Three', { exact: true })).toBeVisible();
    await owner.keyboard.press('Escape');
    await write(owner, 2, 'select 4;');
    await saved(owner);
    await owner.getByRole('button', { name: 'History', exact: true }).click();
    await history.getByRole('button', { name: /Three/ }).click();
    await history.getByRole('button', { name: 'Restore' }).click();
    await owner.keyboard.press('Escape');
    await expect.poll(() => sqlOf(editor, 2)).toBe('select 3;');
  });

  test('export and import are a round trip', async () => {
    const before = await Promise.all([1, 2, 3].map((number) => sqlOf(owner, number)));
    await owner.getByRole('button', { name: 'Export', exact: true }).click();
    const exporting = owner.getByRole('dialog', { name: 'Export' });
    const [download] = await Promise.all([
      owner.waitForEvent('download'),
      exporting.getByRole('button', { name: 'Download' }).click(),
    ]);
    const file = test.info().outputPath('notebook.sql');
    await download.saveAs(file);
    expect(await readFile(file, 'utf8')).toContain('create table pets');
    await owner.getByRole('button', { name: 'Import', exact: true }).click();
    const importing = owner.getByRole('dialog', { name: 'Import' });
    await importing.getByLabel('File').setInputFiles(file);
    await importing.getByRole('radio', { name: 'Replace the notebook' }).check();
    await importing.getByRole('button', { name: 'Import the file' }).click();
    await importing.getByRole('button', { name: 'Show the notebook' }).click();
    await expect(cellOf(owner, 4)).toBeHidden();
    for (const [index, text] of before.entries()) {
      await expect.poll(() => sqlOf(owner, index + 1)).toBe(text);
    }
  });

  test('a CSV of 100,000 rows becomes a table', async () => {
    const file = test.info().outputPath('people.csv');
    const lines = Array.from({ length: 100_000 }, (_, i) => `${i},"Name ${i}",2026-01-01,${i / 4}`);
    await writeFile(file, `id,name,born,score\n${lines.join('\n')}\n`);
    const [chooser] = await Promise.all([
      owner.waitForEvent('filechooser'),
      owner.getByRole('button', { name: 'Import CSV' }).click(),
    ]);
    await chooser.setFiles(file);
    const dialog = owner.getByRole('dialog', { name: 'Import CSV' });
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(dialog.getByText('100,000 rows imported')).toBeVisible({ timeout: 90_000 });
    await dialog.getByRole('button', { name: 'Show the table' }).click();
    await runCell(owner, 1, 'select count(*), pg_typeof(min(born)) from people;');
    // An emulated processor counts them, beside two other tabs on two real ones.
    await expect(valueIn(owner, 1, '100000')).toBeVisible({ timeout: 60_000 });
    await expect(valueIn(owner, 1, 'date')).toBeVisible();
    await expect(
      owner.getByRole('region', { name: 'Schema' }).getByText('people', { exact: true }),
    ).toBeVisible();
  });

  test('a fork has the cells, and with the machine its data', async () => {
    await saved(owner);
    await owner.getByRole('button', { name: 'Fork', exact: true }).click();
    const dialog = owner.getByRole('dialog', { name: 'Fork' });
    await dialog.getByRole('checkbox', { name: /Copy the database too/ }).check();
    const before = owner.url();
    await dialog.getByRole('button', { name: 'Make the fork' }).click();
    await owner.waitForURL((url) => url.href !== before);
    await machineReady(owner);
    await expect.poll(() => sqlOf(owner, 3)).toBe('select 3;');
    await runCell(owner, 3, 'select count(*) from people;');
    await expect(valueIn(owner, 3, '100000')).toBeVisible({ timeout: 60_000 });
    await expect.poll(() => sqlOf(editor, 3)).toBe('select 3;');
  });

  test('without the host the notebook stays, and an editor starts a machine', async () => {
    await contexts[0]?.close();
    await write(editor, 2, `select 'still here';`);
    await saved(editor);
    await editor.getByRole('button', { name: 'Start a machine here' }).click();
    await editor.getByRole('button', { name: 'Start it here' }).click();
    await machineReady(editor);
    await cellOf(editor, 2).getByRole('button', { name: 'Run cell' }).click();
    await expect(valueIn(editor, 2, 'still here')).toBeVisible();
    await expect(valueIn(viewer, 2, 'still here')).toBeVisible();
  });
});
