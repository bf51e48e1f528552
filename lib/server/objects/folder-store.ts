import { randomBytes } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { mkdir, open, readdir, rename, rm, rmdir, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { ObjectStoreError } from './errors';
import { exactly } from './exactly';
import { checkKey, checkPrefix } from './keys';
import type { ListedObject, ObjectStore } from './types';

/** Beside the objects, so that a rename is enough; no key has a dot. */
const INCOMING = '.incoming';
/** The database lies on the same disk and must always find room to write. */
const RESERVE_BYTES = 1024 ** 3;
/** A put makes its folder and moves the file in; each try loses only to a delete that empties the folder in between. */
const MOVE_TRIES = 10;

/** Objects as files below `root`, their keys as paths. */
export class FolderStore implements ObjectStore {
  readonly #root: string;
  readonly #incoming: string;
  readonly #reserveBytes: number;

  private constructor(root: string, reserveBytes: number) {
    this.#root = root;
    this.#incoming = path.join(root, INCOMING);
    this.#reserveBytes = reserveBytes;
  }

  /**
   * Makes the folder when it is not there, and takes away what a crash left half written.
   * @param reserveBytes what a put leaves free on the disk
   */
  static async open(root: string, reserveBytes = RESERVE_BYTES): Promise<FolderStore> {
    return await told(async () => {
      const store = new FolderStore(root, reserveBytes);
      // The embedded database runs as another user and has to pass through the folder above.
      await mkdir(path.dirname(root), { recursive: true, mode: 0o711 });
      await rm(store.#incoming, { recursive: true, force: true });
      await mkdir(store.#incoming, { recursive: true, mode: 0o700 });
      return store;
    });
  }

  async put(key: string, body: Uint8Array | AsyncIterable<Uint8Array>, length: number) {
    const file = this.#fileOf(key);
    await told(async () => {
      if ((await this.#free()) < length) throw noRoom();
      const partial = path.join(this.#incoming, randomBytes(12).toString('hex'));
      try {
        await writeThrough(partial, exactly(body, length));
        await this.#moveIn(partial, file);
      } finally {
        await rm(partial, { force: true });
      }
    });
  }

  async get(key: string) {
    const file = this.#fileOf(key);
    return await told(async () => {
      const handle = await open(file, 'r').catch(undefinedWhenMissing);
      if (!handle) return undefined;
      const found = await handle.stat();
      if (found.isFile()) return { length: found.size, body: handle.createReadStream() };
      await handle.close();
      return undefined;
    });
  }

  async head(key: string) {
    const file = this.#fileOf(key);
    return await told(async () => {
      const found = await stat(file).catch(undefinedWhenMissing);
      return found?.isFile() ? { length: found.size, modifiedAt: found.mtimeMs } : undefined;
    });
  }

  async delete(key: string) {
    const file = this.#fileOf(key);
    await told(async () => {
      await rm(file, { force: true });
      await this.#dropEmptyAbove(file);
    });
  }

  async deletePrefix(prefix: string) {
    checkPrefix(prefix);
    const folder = path.join(this.#root, prefix);
    await told(async () => {
      // Tried again when a put came in between.
      await rm(folder, { recursive: true, force: true, maxRetries: MOVE_TRIES, retryDelay: 1 });
      await this.#dropEmptyAbove(folder);
    });
  }

  async *list(prefix: string): AsyncGenerator<ListedObject, void, undefined> {
    checkPrefix(prefix);
    const entries = await told(async () => {
      const folder = path.join(this.#root, prefix);
      return (await readdir(folder, { withFileTypes: true }).catch(undefinedWhenMissing)) ?? [];
    });
    // As the keys are sorted, `a/…` stands after `a-…` and before `a0`.
    const named = entries.map((entry) => ({ entry, name: prefix + entry.name + slash(entry) }));
    named.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const { entry, name } of named) {
      if (entry.isDirectory()) yield* this.list(name);
      else {
        const facts = await this.head(name);
        if (facts) yield { key: name, ...facts };
      }
    }
  }

  async room() {
    return await told(async () => Math.max(0, await this.#free()));
  }

  close() {}

  #fileOf(key: string): string {
    checkKey(key);
    return path.join(this.#root, key);
  }

  async #free(): Promise<number> {
    const { bavail, bsize } = await statfs(this.#root);
    return bavail * bsize - this.#reserveBytes;
  }

  async #moveIn(partial: string, file: string): Promise<void> {
    const folder = path.dirname(file);
    for (let tries = 1; ; tries++) {
      try {
        const made = await mkdir(folder, { recursive: true, mode: 0o700 });
        await rename(partial, file);
        await syncFolders(folder, made === undefined ? folder : path.dirname(made));
        return;
      } catch (error) {
        if (tries === MOVE_TRIES || !isMissing(error)) throw error;
      }
    }
  }

  async #dropEmptyAbove(target: string): Promise<void> {
    for (let at = path.dirname(target); at !== this.#root; at = path.dirname(at)) {
      const isGone = await rmdir(at).then(
        () => true,
        (error: unknown) => isMissing(error),
      );
      if (!isGone) return;
    }
  }
}

async function writeThrough(file: string, body: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    for await (const part of body) await handle.writeFile(part);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A name survives a crash once its folder is on the disk, and each new folder's name in the one above it. */
async function syncFolders(from: string, upTo: string): Promise<void> {
  for (let at = from; ; at = path.dirname(at)) {
    const handle = await open(at, 'r').catch(undefinedWhenMissing);
    await handle?.sync();
    await handle?.close();
    if (at === upTo) return;
  }
}

function slash(entry: Dirent): '' | '/' {
  return entry.isDirectory() ? '/' : '';
}

/** Does the work, and says of what the system refuses what it means here. */
async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ObjectStoreError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw noRoom();
    // What a body throws while it is read, e.g. a cut connection, is its own affair.
    if (code === undefined || !/^E[A-Z]+$/.test(code)) throw error;
    throw new ObjectStoreError('store-unavailable', `The folder of objects answers ${code}.`);
  }
}

function noRoom(): ObjectStoreError {
  return new ObjectStoreError('store-full', 'The disk of the objects has no room left.');
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

function undefinedWhenMissing(error: unknown): undefined {
  // A part of the path that is a file is as good as none.
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
}
