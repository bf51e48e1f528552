import { createHash, randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { denyStorage } from './support/denied-storage';
import { openTool } from './support/machine';
import { cell, machineReady, newPlayground, otherBrowser, run } from './support/playground';
import { runProgram } from './support/psql';
import { chunkFile, dataFolder, idOf, snapshotLink } from './support/snapshot';

/** What goes wrong on the way of a snapshot to a colleague: each is told, and leaves nothing half done. */
test.describe.configure({ mode: 'serial' });

/** So that a snapshot has more than ten chunks. */
const ballast = randomBytes(12_000_000);

let maker: Page;
/** Two snapshots of one machine. */
let links: readonly [string, string];
let colleague: Page;

test.beforeAll(async ({ browser }) => {
  maker = await browser.newPage();
  await newPlayground(maker);
  const panel = await openTool(maker, 'Files');
  const file = { name: 'ballast', mimeType: '', buffer: ballast };
  await panel.getByLabel('Files to upload').setInputFiles(file);
  await expect(panel.getByRole('row', { name: /^ballast/ })).toContainText('12.0 MB', {
    timeout: 60_000,
  });
  await run(maker, 'create table sent as select 42 as answer; select answer from sent;');
  await expect(cell(maker, '42')).toBeVisible();
});
test.afterAll(() => maker.context().close());

test('an upload that is cut at every tenth goes on with what is missing', async ({ browser }) => {
  const cut = new Set<string>();
  await maker.route('**/api/snapshots/*/chunks/*', async (route) => {
    const isCut = !cut.has(route.request().url());
    cut.add(route.request().url());
    await (isCut ? route.abort() : route.continue());
  });
  const first = await snapshotLink(maker);
  expect(cut.size).toBeGreaterThan(10);
  await maker.unrouteAll();
  await maker.getByRole('button', { name: 'Make another' }).click();
  await maker.keyboard.press('Escape');
  links = [first, await snapshotLink(maker)];

  ({ page: colleague } = await otherBrowser(browser, first));
});

for (const { what, damage, told } of [
  {
    what: 'of two snapshots that changed places',
    damage: () => swap(chunkFile(links[0], 5), chunkFile(links[1], 5)),
    told: 'This snapshot is damaged',
  },
  {
    what: 'of one snapshot that changed places',
    damage: () => swap(chunkFile(links[0], 5), chunkFile(links[0], 6)),
    told: 'This snapshot is damaged',
  },
  {
    what: 'with one bit changed',
    damage: () => replaced(chunkFile(links[0], 7), flipped),
    told: 'This snapshot is damaged',
  },
  {
    what: 'cut short',
    damage: () => replaced(chunkFile(links[0], 8), (bytes) => bytes.subarray(0, 1000)),
    told: 'A part of this snapshot is missing on the server',
  },
]) {
  test(`chunks ${what} are found, and nothing is kept`, async () => {
    const undo = await damage();
    await colleague.getByRole('button', { name: 'Open snapshot' }).click();
    await expect(colleague.getByRole('alert').filter({ hasText: told })).toBeVisible();
    await undo();
    expect(await keptMachines(colleague)).toEqual([]);
  });
}

test('a snapshot that expires while it is fetched says so, and nothing is kept', async ({
  browser,
}) => {
  const { page: late, context } = await otherBrowser(browser, links[1]);
  await late.route('**/chunks/9', async (route) => {
    await expire(links[1]);
    await route.continue();
  });
  await late.getByRole('button', { name: 'Open snapshot' }).click();
  await expect(late.getByRole('alert')).toContainText('This snapshot has expired');
  await expect(late.getByRole('button', { name: 'Open snapshot' })).toHaveCount(0);
  expect(await keptMachines(late)).toEqual([]);
  await context.close();
});

test('a browser that keeps nothing cannot open one, and says why', async ({ page, context }) => {
  await denyStorage(context);
  await page.goto(links[0]);
  await page.getByRole('button', { name: 'Open snapshot' }).click();
  await expect(page.getByRole('alert')).toContainText('This browser keeps no data for this page');
});

test('after all of that it opens, whole', async () => {
  await colleague.getByRole('button', { name: 'Open snapshot' }).click();
  await machineReady(colleague);
  await run(
    colleague,
    `select answer, md5(pg_read_binary_file('/files/ballast')) as hash from sent;`,
  );
  await expect(cell(colleague, createHash('md5').update(ballast).digest('hex'))).toBeVisible();
  await colleague.context().close();
});

/** What a browser keeps of machines: the names of their folders. */
function keptMachines(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const machines = await root.getDirectoryHandle('warren-machines-2', { create: true });
    const names: string[] = [];
    for await (const name of machines.keys()) names.push(name);
    return names;
  });
}

type Undo = () => Promise<void>;

async function swap(one: string, other: string): Promise<Undo> {
  const exchange = async () => {
    await rename(one, `${one}.away`);
    await rename(other, one);
    await rename(`${one}.away`, other);
  };
  await exchange();
  return exchange;
}

async function replaced(file: string, by: (bytes: Buffer) => Uint8Array): Promise<Undo> {
  const bytes = await readFile(file);
  await writeFile(file, by(Buffer.from(bytes)));
  return () => writeFile(file, bytes);
}

function flipped(bytes: Buffer): Buffer {
  const middle = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  return bytes;
}

/** As if its time had come: nobody can wait for the hour that a snapshot has at least. */
async function expire(link: string): Promise<void> {
  const folder = path.join(dataFolder(), 'postgres');
  const password = (await readFile(path.join(folder, 'password'), 'utf8')).trim();
  const connection = `host=${folder}/run user=warren password=${password} dbname=postgres`;
  const statement = `update snapshot set expires_at = now() where id = '${idOf(link)}'`;
  await runProgram('psql', [connection, '-X', '-c', statement]);
}
