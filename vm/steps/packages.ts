import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hashFile } from '../build/hash';
import { vm } from '../build/paths';
import { capture, run } from '../build/run';
import { PAYLOAD_PACKAGES, RUNTIME_PACKAGES, SOURCE_PACKAGES } from '../build/settings';
import type { Output, Step } from '../build/step';
import { aptOptions } from './apt';

/** One Debian package in the image. */
export interface PackageRecord {
  readonly name: string;
  readonly version: string;
  readonly arch: string;
  readonly sha256: string;
  /** Name and version of the source package it was built from. */
  readonly source: string;
}

/** Folders of the step's output. */
export const RUNTIME_FOLDER = 'runtime';
export const PAYLOAD_FOLDER = 'payload';
export const SOURCE_FOLDER = 'source';
export const RECORDS_FILE = 'packages.json';

/** Downloads every package of the image. apt checks each against the signed lists. */
export function packagesStep(apt: Output): Step {
  return {
    name: 'packages',
    title: 'Downloading packages and sources',
    files: [vm('steps/packages.ts')],
    inputs: [apt.key, ...RUNTIME_PACKAGES, '', ...PAYLOAD_PACKAGES, '', ...SOURCE_PACKAGES],
    async work({ out, log, note }) {
      const options = (folder: string) => [
        ...aptOptions(apt.path),
        '-o',
        `Dir::Cache::archives=${folder}`,
      ];
      const runtime = path.join(out, RUNTIME_FOLDER);
      await mkdir(path.join(runtime, 'partial'), { recursive: true });
      await run(
        'apt-get',
        [...options(runtime), 'install', '-y', '--download-only', ...RUNTIME_PACKAGES],
        { log },
      );
      const payload = path.join(out, PAYLOAD_FOLDER);
      await mkdir(payload);
      await run('apt-get', [...options(payload), 'download', ...PAYLOAD_PACKAGES], {
        log,
        cwd: payload,
      });
      const source = path.join(out, SOURCE_FOLDER);
      await mkdir(source);
      await run(
        'apt-get',
        [...options(source), 'source', '--download-only', '--only-source', ...SOURCE_PACKAGES],
        { log, cwd: source },
      );
      const records = [
        ...(await binaryRecords(runtime)),
        ...(await binaryRecords(payload)),
        ...(await sourceRecords(source)),
      ].sort((a, b) => (a.name < b.name ? -1 : 1));
      await writeFile(path.join(out, RECORDS_FILE), `${JSON.stringify(records, null, 2)}\n`);
      note(`${records.length} packages`);
    },
  };
}

/** The `.deb` files in a folder, sorted by name. */
export async function debFiles(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.deb'));
  return names.sort().map((name) => path.join(folder, name));
}

/** What dpkg-deb is asked about a package. */
const FIELDS = ['Package', 'Version', 'Architecture', 'source:Package', 'source:Version'];

async function binaryRecords(folder: string): Promise<PackageRecord[]> {
  const records: PackageRecord[] = [];
  for (const file of await debFiles(folder)) {
    const format = FIELDS.map((field) => `\${${field}}`).join('\n');
    const shown = await capture('dpkg-deb', ['--show', `--showformat=${format}`, file]);
    const [name = '', version = '', arch = '', ...source] = shown.split('\n');
    records.push({ name, version, arch, sha256: await hashFile(file), source: source.join(' ') });
  }
  return records;
}

async function sourceRecords(folder: string): Promise<PackageRecord[]> {
  const records: PackageRecord[] = [];
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.dsc'))) {
    const text = await capture('cat', [path.join(folder, file)]);
    const name = /^Source: (.+)$/m.exec(text)?.[1] ?? '';
    const version = /^Version: (.+)$/m.exec(text)?.[1] ?? '';
    records.push({
      name,
      version,
      arch: 'source',
      sha256: await hashFile(path.join(folder, file)),
      source: `${name} ${version}`,
    });
  }
  return records;
}
