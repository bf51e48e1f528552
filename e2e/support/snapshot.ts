import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { machineMenu } from './machine';

/** Makes a link of the machine as it is; the dialog stays open. */
export async function snapshotLink(page: Page, kind?: 'Data only'): Promise<string> {
  await machineMenu(page, 'Create snapshot link');
  const dialog = page.getByRole('dialog', { name: 'Snapshot' });
  if (kind) await dialog.getByRole('radio', { name: kind }).check();
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  const link = dialog.getByRole('textbox', { name: 'Snapshot link' });
  await expect(link).toHaveValue(/\/s\/[a-z0-9]{12}#/, { timeout: 60_000 });
  return link.inputValue();
}

/** The folder that the server keeps for itself. */
export function dataFolder(): string {
  const folder = process.env.WARREN_DATA_DIR;
  if (!folder) throw new Error('WARREN_DATA_DIR is not set');
  return folder;
}

/** All that the server stores of snapshots. */
export async function storedFiles(): Promise<string[]> {
  const folder = path.join(dataFolder(), 'objects');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** Where the server stores a chunk of the snapshot that a link opens. */
export function chunkFile(link: string, number: number): string {
  const name = String(number).padStart(6, '0');
  return path.join(dataFolder(), 'objects/snapshots', idOf(link), name);
}

export function idOf(link: string): string {
  return new URL(link).pathname.slice('/s/'.length);
}
