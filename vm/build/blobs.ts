import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hashFile } from './hash';
import { capture } from './run';
import { ZSTD_LEVEL } from './settings';

/** Digits of a content hash in a blob's name: 48 bits, with a check for the improbable. */
const NAME_DIGITS = 12;

/** Files by content, compressed once and kept between builds. */
export class BlobStore {
  readonly #folder: string;
  readonly #hashes = new Map<string, string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Puts a compressed copy of `file` into the folder `into` and returns its name there.
   * @throws Error when two contents would share a name
   */
  async add(file: string, into: string): Promise<string> {
    const hash = await hashFile(file);
    const name = `${hash.slice(0, NAME_DIGITS)}.bin.zst`;
    const known = this.#hashes.get(name);
    if (known !== undefined && known !== hash) throw new Error(`${file}: ${name} is taken`);
    if (known === hash) return name;
    this.#hashes.set(name, hash);
    const blob = path.join(this.#folder, `${hash}.${ZSTD_LEVEL}.zst`);
    if (!existsSync(blob)) {
      await mkdir(this.#folder, { recursive: true });
      await capture('zstd', [`-${ZSTD_LEVEL}`, '-q', '-f', '-k', file, '-o', `${blob}.partial`]);
      await rename(`${blob}.partial`, blob);
    }
    await link(blob, path.join(into, name));
    return name;
  }
}

/** Writes `text` under a name that carries its hash and returns the name, e.g. `fs-1f0c3a….json`. */
export async function writeHashed(
  folder: string,
  stem: string,
  extension: string,
  text: string,
): Promise<string> {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, NAME_DIGITS);
  const name = `${stem}-${hash}.${extension}`;
  await writeFile(path.join(folder, name), text);
  return name;
}
