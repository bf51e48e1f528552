/** How a browser's storage can be out of room. */
export interface Room {
  /** A file may have so many. */
  fileBytes: number;
  /** Chromium throws; others only write less. */
  readonly whenFull: 'throws' | 'writes-less';
}

/**
 * The part of the origin private file system that `opfs.ts` uses, for Node, which has none, and for a lack of room, which no
 * browser has on demand. Its errors are those of browsers.
 */
export function opfsInMemory(room?: Room): StorageManager {
  const root = new MemoryFolder(room);
  return { getDirectory: async () => root } as unknown as StorageManager;
}

class MemoryFolder {
  readonly #entries = new Map<string, MemoryFolder | MemoryFile>();

  constructor(private readonly room?: Room) {}

  getDirectoryHandle(name: string, options?: { create?: boolean }): Promise<MemoryFolder> {
    return this.#get(name, options, () => new MemoryFolder(this.room), MemoryFolder);
  }

  getFileHandle(name: string, options?: { create?: boolean }): Promise<MemoryFile> {
    return this.#get(name, options, () => new MemoryFile(this.room), MemoryFile);
  }

  async removeEntry(name: string): Promise<void> {
    const entry = this.#entries.get(name);
    if (!entry) throw new DOMException('not found', 'NotFoundError');
    if (entry.isOpen) throw new DOMException('locked', 'NoModificationAllowedError');
    this.#entries.delete(name);
  }

  async *keys(): AsyncGenerator<string> {
    yield* this.#entries.keys();
  }

  get isOpen(): boolean {
    return [...this.#entries.values()].some((entry) => entry.isOpen);
  }

  async #get<T extends MemoryFolder | MemoryFile>(
    name: string,
    options: { create?: boolean } | undefined,
    make: () => T,
    kind: new (room?: Room) => T,
  ): Promise<T> {
    const entry = this.#entries.get(name);
    if (entry instanceof kind) return entry;
    if (!options?.create) throw new DOMException('not found', 'NotFoundError');
    const made = make();
    this.#entries.set(name, made);
    return made;
  }
}

class MemoryFile {
  isOpen = false;
  #bytes = new Uint8Array();

  constructor(private readonly room?: Room) {}

  async getFile(): Promise<File> {
    return new File([this.#bytes.slice()], 'file');
  }

  async createSyncAccessHandle(): Promise<FileSystemSyncAccessHandle> {
    if (this.isOpen) throw new DOMException('locked', 'NoModificationAllowedError');
    this.isOpen = true;
    return {
      getSize: () => this.#bytes.length,
      read: (into: Uint8Array, { at = 0 } = {}) => {
        const bytes = this.#bytes.subarray(at, at + into.length);
        into.set(bytes);
        return bytes.length;
      },
      write: (bytes: Uint8Array, { at = 0 } = {}) => this.#write(at, bytes),
      truncate: (size: number) => this.#resize(size),
      flush: () => undefined,
      close: () => {
        this.isOpen = false;
      },
    } as FileSystemSyncAccessHandle;
  }

  #write(at: number, bytes: Uint8Array): number {
    const free = (this.room?.fileBytes ?? Number.POSITIVE_INFINITY) - at;
    if (bytes.length > free && this.room?.whenFull === 'throws') {
      throw new DOMException('no room', 'QuotaExceededError');
    }
    const taken = bytes.subarray(0, Math.max(0, Math.min(bytes.length, free)));
    this.#resize(Math.max(this.#bytes.length, at + taken.length));
    this.#bytes.set(taken, at);
    return taken.length;
  }

  #resize(size: number): void {
    const bytes = new Uint8Array(size);
    bytes.set(this.#bytes.subarray(0, size));
    this.#bytes = bytes;
  }
}
