import {
  copyFile,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import type { ImageFile } from '../../lib/machine/image';
import { hashFile, hashTexts } from '../build/hash';
import { writeLicenses } from '../build/licenses';
import { buildManifest } from '../build/manifest';
import { REPO, vm } from '../build/paths';
import { run } from '../build/run';
import { CMDLINE } from '../build/settings';
import type { Output, Step } from '../build/step';
import { BZIMAGE, KERNEL_VERSION_FILE } from './kernel';
import { debFiles, PAYLOAD_FOLDER, type PackageRecord, RECORDS_FILE } from './packages';
import { BLOBS_FOLDER, FS_NAME_FILE } from './root';

/** A base state and where it lies. */
export interface Base {
  readonly output: Output;
  readonly file: ImageFile;
}

/** What an image is assembled from. */
export interface ImageParts {
  readonly packages: Output;
  readonly kernel: Output;
  readonly root: Output;
  /** Base states by memory size in MB; none while they are being made. */
  readonly bases: ReadonlyMap<number, Base>;
}

/**
 * Assembles the folder that the server serves. Its larger files are hard links into the outputs of other steps, so an
 * image costs little beyond them.
 */
export function imageStep(parts: ImageParts): Step {
  const { packages, kernel, root } = parts;
  const bases = [...parts.bases.values()];
  const inputs = [
    CMDLINE,
    ...[packages, kernel, root, ...bases.map((base) => base.output)].map((output) => output.key),
  ];
  return {
    // The machine boots from an image without base states to make them; the two do not push each other out.
    name: bases.length === 0 ? 'image-bare' : 'image',
    title: bases.length === 0 ? 'Assembling an image to boot from' : 'Assembling the image',
    files: ['steps/image.ts', 'build/licenses.ts', 'build/manifest.ts'].map((file) => vm(file)),
    inputs,
    async work({ out, log }) {
      const records = JSON.parse(
        await readFile(path.join(packages.path, RECORDS_FILE), 'utf8'),
      ) as PackageRecord[];
      await mkdir(path.join(out, 'root'));
      await linkAll(path.join(root.path, BLOBS_FOLDER), path.join(out, 'root'));
      const fs = await readFile(path.join(root.path, FS_NAME_FILE), 'utf8');
      await copyFile(path.join(root.path, fs), path.join(out, fs));
      const bzImage = await copyHashed(path.join(kernel.path, BZIMAGE), out, 'bzImage');
      const bios = await copyBios(packages, out, log);
      for (const { output, file } of bases) {
        await link(path.join(output.path, file.file), path.join(out, file.file));
      }
      const manifest = buildManifest({
        inputs: hashTexts(inputs),
        packages: records,
        kernel: await readFile(path.join(kernel.path, KERNEL_VERSION_FILE), 'utf8'),
        cmdline: CMDLINE,
        files: { bzImage, ...bios, fs, root: 'root/' },
        bases: new Map([...parts.bases].map(([memory, { file }]) => [memory, file])),
      });
      await writeFile(path.join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
      await writeLicenses(records, packages, out);
    },
  };
}

/** Makes public/vm point at an image, in one step, so that no reader sees a folder half there. */
export async function publishImage(image: Output): Promise<string> {
  const place = path.join(REPO, 'public', 'vm');
  const fresh = `${place}.${process.pid}`;
  await mkdir(path.dirname(place), { recursive: true });
  await rm(fresh, { force: true });
  await symlink(image.path, fresh);
  await rename(fresh, place);
  return place;
}

async function linkAll(from: string, to: string): Promise<void> {
  for (const name of await readdir(from)) await link(path.join(from, name), path.join(to, name));
}

/** Copies a file under a name that carries its hash, so that it may be cached for ever. */
async function copyHashed(file: string, out: string, stem: string): Promise<string> {
  const hash = await hashFile(file);
  const name = `${stem}-${hash.slice(0, 12)}${path.extname(file)}`;
  await copyFile(file, path.join(out, name));
  return name;
}

async function copyBios(
  packages: Output,
  out: string,
  log: string,
): Promise<{ readonly bios: string; readonly vgabios: string }> {
  const debs = await debFiles(path.join(packages.path, PAYLOAD_FOLDER));
  const work = path.join(out, 'seabios');
  for (const deb of debs.filter((file) => path.basename(file).startsWith('seabios_'))) {
    await run('dpkg-deb', ['-x', deb, work], { log });
  }
  const folder = path.join(work, 'usr/share/seabios');
  const bios = await copyHashed(path.join(folder, 'bios.bin'), out, 'bios');
  const vgabios = await copyHashed(path.join(folder, 'vgabios-stdvga.bin'), out, 'vgabios');
  await rm(work, { recursive: true });
  return { bios, vgabios };
}
