import { storeError } from '../errors';
import { checkMachineName } from '../machine-name';
import { type BlockFile, type BlockFolder, type Shelf, StoreError } from '../types';
import type { FarAnswer, FarResults, FarTask, Wire } from './messages';

/**
 * A shelf that `serveShelf` serves in another thread: reading and writing hold this one up no longer than copying does.
 * @returns the shelf, and what makes all calls fail once the other thread is known to have ended
 */
export function farShelf(wire: Wire): { readonly shelf: Shelf; fail(reason: unknown): void } {
  const calls = new Calls(wire);
  const folderOf = (folder: number) => farFolder(calls, folder);
  return {
    fail: (reason) => calls.fail(reason),
    shelf: {
      async find(name) {
        checkMachineName(name);
        const folder = await calls.ask({ what: 'find', name });
        return folder === undefined ? undefined : folderOf(folder);
      },
      async folder(name) {
        checkMachineName(name);
        return folderOf(await calls.ask({ what: 'folder', name }));
      },
      list: () => calls.ask({ what: 'list' }),
      async remove(name) {
        checkMachineName(name);
        await calls.ask({ what: 'remove', name });
      },
    },
  };
}

function farFolder(calls: Calls, folder: number): BlockFolder {
  return {
    open: async (name) => farFile(calls, await calls.ask({ what: 'open', folder, name })),
    peek: (name) => calls.ask({ what: 'peek', folder, name }),
    storedBytes: () => calls.ask({ what: 'storedBytes', folder }),
  };
}

function farFile(calls: Calls, file: number): BlockFile {
  return {
    size: () => calls.ask({ what: 'size', file }),
    async read(at, into) {
      const bytes = await calls.ask({ what: 'read', file, at, length: into.length });
      into.set(bytes);
      return bytes.length;
    },
    // A copy: the caller writes into its own again at once.
    write: (at, bytes) => calls.ask({ what: 'write', file, at, bytes: bytes.slice() }),
    truncate: (size) => calls.ask({ what: 'truncate', file, size }),
    flush: () => calls.ask({ what: 'flush', file }),
    close: () => calls.ask({ what: 'close', file }),
  };
}

interface Asked {
  resolve(result: never): void;
  reject(error: unknown): void;
}

/** Calls under way to the other thread. */
class Calls {
  readonly #wire: Wire;
  readonly #asked = new Map<number, Asked>();
  #next = 1;
  #failure: StoreError | undefined;

  constructor(wire: Wire) {
    this.#wire = wire;
    wire.onmessage = ({ data }: MessageEvent<FarAnswer>) => {
      const asked = this.#asked.get(data.call);
      this.#asked.delete(data.call);
      if ('result' in data) asked?.resolve(data.result as never);
      else asked?.reject(new StoreError(data.error.code, data.error.message));
    };
  }

  /** Rejects with StoreError. */
  ask<W extends FarTask['what']>(task: FarTask & { readonly what: W }): Promise<FarResults[W]> {
    if (this.#failure) return Promise.reject(this.#failure);
    const call = this.#next++;
    return new Promise((resolve, reject) => {
      this.#asked.set(call, { resolve, reject });
      this.#wire.postMessage({ call, ...task }, 'bytes' in task ? [task.bytes.buffer] : []);
    });
  }

  fail(reason: unknown): void {
    this.#failure = storeError('storage-refused', reason);
    for (const { reject } of this.#asked.values()) reject(this.#failure);
    this.#asked.clear();
  }
}
