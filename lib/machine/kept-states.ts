/// <reference lib="webworker" />

import { MachineError } from './errors';

/**
 * Copies of machines in this browser's storage, on their way from one playground to another: files of the origin's
 * own file system, and where the browser has none for this page, answers in a cache. For a Worker.
 */
interface Shelf {
  put(name: string, state: ArrayBuffer): Promise<void>;
  get(name: string): Promise<ArrayBuffer | undefined>;
  drop(name: string): Promise<void>;
  /** Each name with the time it was put there, in milliseconds since 1970. */
  list(): Promise<readonly (readonly [name: string, at: number])[]>;
}

/** A copy nobody came for within a day was left by a page that was closed; it takes a hundred megabytes. */
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;

/** Also gives up copies that were forgotten. */
export async function storeState(name: string, state: ArrayBuffer): Promise<void> {
  const shelf = await openShelf();
  try {
    for (const [other, at] of await shelf.list()) {
      if (Date.now() - at > FORGOTTEN_AFTER_MS) await shelf.drop(other);
    }
    await shelf.put(name, state);
  } catch (thrown) {
    // Half a copy is of no use and takes the room that is missing.
    await shelf.drop(name).catch(() => {});
    throw isFull(thrown) ? full(state.byteLength) : refused(thrown);
  }
}

export async function loadState(name: string): Promise<ArrayBuffer> {
  const state = await (await openShelf()).get(name).catch(() => undefined);
  if (state !== undefined) return state;
  throw new MachineError(
    'copy-missing',
    "The copy of the other playground's machine is not in this browser any more. Restart the machine to begin with an empty database, or fork again.",
  );
}

export async function dropState(name: string): Promise<void> {
  // What cannot be removed now is removed when it is forgotten.
  await openShelf().then(
    (shelf) => shelf.drop(name),
    () => {},
  );
}

async function openShelf(): Promise<Shelf> {
  try {
    const root = await navigator.storage.getDirectory();
    return new FileShelf(await root.getDirectoryHandle(PLACE, { create: true }));
  } catch {
    // An older browser, or a private window.
  }
  try {
    return new CacheShelf(await caches.open(PLACE));
  } catch (thrown) {
    throw refused(thrown);
  }
}

const PLACE = 'warren-machines';

class FileShelf implements Shelf {
  constructor(private readonly folder: FileSystemDirectoryHandle) {}

  async put(name: string, state: ArrayBuffer): Promise<void> {
    const file = await this.folder.getFileHandle(name, { create: true });
    const access = await file.createSyncAccessHandle();
    try {
      access.truncate(0);
      const written = access.write(state, { at: 0 });
      if (written < state.byteLength) throw new DOMException('a short write', QUOTA);
      access.flush();
    } finally {
      access.close();
    }
  }

  async get(name: string): Promise<ArrayBuffer | undefined> {
    const file = await (await this.folder.getFileHandle(name)).getFile();
    return file.arrayBuffer();
  }

  async drop(name: string): Promise<void> {
    await this.folder.removeEntry(name).catch(unlessMissing);
  }

  async list(): Promise<[string, number][]> {
    const found: [string, number][] = [];
    for await (const [name, entry] of entriesOf(this.folder)) {
      if (entry.kind !== 'file') continue;
      const { lastModified } = await (entry as FileSystemFileHandle).getFile();
      found.push([name, lastModified]);
    }
    return found;
  }
}

class CacheShelf implements Shelf {
  constructor(private readonly cache: Cache) {}

  async put(name: string, state: ArrayBuffer): Promise<void> {
    const headers = { [KEPT_AT]: String(Date.now()) };
    await this.cache.put(`/${PLACE}/${name}`, new Response(state, { headers }));
  }

  async get(name: string): Promise<ArrayBuffer | undefined> {
    return (await this.cache.match(`/${PLACE}/${name}`))?.arrayBuffer();
  }

  async drop(name: string): Promise<void> {
    await this.cache.delete(`/${PLACE}/${name}`);
  }

  async list(): Promise<[string, number][]> {
    const found: [string, number][] = [];
    for (const request of await this.cache.keys()) {
      const answer = await this.cache.match(request);
      const at = Number(answer?.headers.get(KEPT_AT) ?? 0);
      found.push([request.url.slice(request.url.lastIndexOf('/') + 1), at]);
    }
    return found;
  }
}

const KEPT_AT = 'x-kept-at';
const QUOTA = 'QuotaExceededError';

/** TypeScript's declarations of the Worker's library leave the directory's iterator out. */
function entriesOf(
  folder: FileSystemDirectoryHandle,
): AsyncIterable<readonly [string, FileSystemHandle]> {
  return (
    folder as unknown as { entries(): AsyncIterable<readonly [string, FileSystemHandle]> }
  ).entries();
}

function unlessMissing(thrown: unknown): void {
  if (!(thrown instanceof DOMException) || thrown.name !== 'NotFoundError') throw thrown;
}

function isFull(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === QUOTA;
}

function full(bytes: number): MachineError {
  const megabytes = Math.ceil(bytes / 1e6);
  return new MachineError(
    'storage-full',
    `This browser has no room for the copy of the machine (${megabytes} MB). Free some space, or fork without the database.`,
  );
}

function refused(thrown: unknown): MachineError {
  if (thrown instanceof MachineError) return thrown;
  return new MachineError(
    'storage-refused',
    'This browser keeps no files for this page (a private window, or an address without https). Fork without the database.',
    { cause: thrown },
  );
}
