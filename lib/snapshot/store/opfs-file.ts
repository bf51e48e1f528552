import { storeError, storing } from './errors';
import type { BlockFile } from './types';

/** A file of the origin private file system. Its handle does all at once, so never in the thread that runs a machine. */
export class OpfsFile implements BlockFile {
  readonly #handle: FileSystemSyncAccessHandle;

  constructor(handle: FileSystemSyncAccessHandle) {
    this.#handle = handle;
  }

  size(): Promise<number> {
    return storing(() => this.#handle.getSize());
  }

  read(at: number, into: Uint8Array<ArrayBuffer>): Promise<number> {
    return storing(() => this.#handle.read(into, { at }));
  }

  async write(at: number, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const put = await storing(() => this.#handle.write(bytes, { at }));
    // Where others throw a QuotaExceededError, some browsers only write less.
    if (put < bytes.length) throw storeError('storage-full');
  }

  truncate(size: number): Promise<void> {
    return storing(() => this.#handle.truncate(size));
  }

  flush(): Promise<void> {
    return storing(() => this.#handle.flush());
  }

  async close(): Promise<void> {
    this.#handle.close();
  }
}
