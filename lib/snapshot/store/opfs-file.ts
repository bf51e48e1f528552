import { storeError, storing } from './errors';
import { turnOfOthers } from './turn-of-others';
import type { BlockFile } from './types';

/**
 * A file of the origin private file system. Its handle does all at once, in the thread that may run a machine, too; so
 * each large step is followed by a turn of the event loop.
 */
export class OpfsFile implements BlockFile {
  readonly #handle: FileSystemSyncAccessHandle;

  constructor(handle: FileSystemSyncAccessHandle) {
    this.#handle = handle;
  }

  size(): Promise<number> {
    return storing(() => this.#handle.getSize());
  }

  async read(at: number, into: Uint8Array<ArrayBuffer>): Promise<number> {
    const got = await storing(() => this.#handle.read(into, { at }));
    await turnOfOthers();
    return got;
  }

  async write(at: number, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const put = await storing(() => this.#handle.write(bytes, { at }));
    // Where others throw a QuotaExceededError, some browsers only write less.
    if (put < bytes.length) throw storeError('storage-full');
    await turnOfOthers();
  }

  truncate(size: number): Promise<void> {
    return storing(() => this.#handle.truncate(size));
  }

  async flush(): Promise<void> {
    await storing(() => this.#handle.flush());
    await turnOfOthers();
  }

  async close(): Promise<void> {
    this.#handle.close();
  }
}
