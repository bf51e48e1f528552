import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

/** Digits of a hash that name a step's output: 64 bits, never two in one cache. */
const KEY_DIGITS = 16;

/** Hash of a list of texts; where one ends and the next begins counts. */
export function hashTexts(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${Buffer.byteLength(text)}:`).update(text);
  return hash.digest('hex').slice(0, KEY_DIGITS);
}

/** Lower-case hexadecimal SHA-256 of a file, read as a stream. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/**
 * Hash of files and folders by name and content; folders are walked in sorted order.
 * Times and modes do not count, so that a fresh clone finds what another clone has built.
 */
export async function hashPaths(paths: readonly string[]): Promise<string> {
  const texts: string[] = [];
  const visit = async (file: string, name: string): Promise<void> => {
    const info = await stat(file);
    if (info.isDirectory()) {
      for (const child of (await readdir(file)).sort()) {
        await visit(path.join(file, child), `${name}/${child}`);
      }
    } else {
      texts.push(name, (await readFile(file)).toString('latin1'));
    }
  };
  for (const file of paths) await visit(file, path.basename(file));
  return hashTexts(texts);
}
