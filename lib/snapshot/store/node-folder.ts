import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { ifThere, storeError, storing } from './errors';
import { checkMachineName } from './machine-name';
import type { BlockFile, BlockFolder, Shelf } from './types';

/** Paths of files that this process has open: Node itself keeps nobody from opening them twice. */
const openFiles = new Set<string>();

/** Machines in a real folder under Node, a folder each: for tests, the bench and the tools. One process at a time. */
export function openNodeShelf(root: string): Shelf {
  const pathOf = (name: string) => {
    checkMachineName(name);
    return path.join(root, name);
  };
  return {
    async find(name) {
      const folder = pathOf(name);
      return (await namesIn(root)).includes(name) ? nodeFolder(folder) : undefined;
    },
    async folder(name) {
      const folder = pathOf(name);
      await storing(() => mkdir(folder, { recursive: true }));
      return nodeFolder(folder);
    },
    list: () => namesIn(root),
    async remove(name) {
      const folder = pathOf(name);
      for (const file of await namesIn(folder)) mustBeClosed(path.join(folder, file));
      await storing(() => rm(folder, { recursive: true, force: true }));
    },
  };
}

/** The files of one machine in a folder that is there. */
function nodeFolder(folder: string): BlockFolder {
  return {
    async open(name) {
      const file = path.join(folder, name);
      mustBeClosed(file);
      openFiles.add(file);
      try {
        const flags = constants.O_RDWR | constants.O_CREAT;
        return new NodeFile(file, await storing(() => open(file, flags, 0o600)));
      } catch (thrown) {
        openFiles.delete(file);
        throw thrown;
      }
    },
    async peek(name) {
      const bytes = await ifThere(() => readFile(path.join(folder, name)));
      // Node's buffers share memory; readers of whole files want one of their own.
      return bytes && new Uint8Array(bytes);
    },
    async storedBytes() {
      let bytes = 0;
      for (const name of await namesIn(folder)) {
        bytes += (await storing(() => stat(path.join(folder, name)))).size;
      }
      return bytes;
    },
  };
}

class NodeFile implements BlockFile {
  readonly #path: string;
  readonly #handle: FileHandle;

  constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  async size(): Promise<number> {
    return (await storing(() => this.#handle.stat())).size;
  }

  async read(at: number, into: Uint8Array): Promise<number> {
    let got = 0;
    while (got < into.length) {
      const rest = into.subarray(got);
      const { bytesRead } = await storing(() => this.#handle.read(rest, 0, rest.length, at + got));
      if (bytesRead === 0) break;
      got += bytesRead;
    }
    return got;
  }

  async write(at: number, bytes: Uint8Array): Promise<void> {
    let put = 0;
    while (put < bytes.length) {
      const rest = bytes.subarray(put);
      put += (await storing(() => this.#handle.write(rest, 0, rest.length, at + put))).bytesWritten;
    }
  }

  truncate(size: number): Promise<void> {
    return storing(() => this.#handle.truncate(size));
  }

  flush(): Promise<void> {
    return storing(() => this.#handle.sync());
  }

  async close(): Promise<void> {
    if (!openFiles.delete(this.#path)) return;
    await this.#handle.close();
  }
}

function mustBeClosed(file: string): void {
  if (openFiles.has(file)) throw storeError('in-use');
}

/** In their order; none when there is no such folder. */
async function namesIn(folder: string): Promise<string[]> {
  const names = await ifThere(() => readdir(folder));
  return names?.sort() ?? [];
}
