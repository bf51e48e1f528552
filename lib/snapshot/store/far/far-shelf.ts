import { PendingCalls } from '../../pending-calls';
import { storeError } from '../errors';
import { checkMachineName } from '../machine-name';
import { type BlockFile, type BlockFolder, type Shelf, StoreError } from '../types';
import type { FarAnswer, FarResults, FarTask } from './messages';

/**
 * A shelf that `serveShelf` serves in another thread: reading and writing hold this one up no longer than copying does.
 * @returns the shelf, and what makes all calls fail once the other thread is known to have ended
 */
export function farShelf(port: MessagePort): {
  readonly shelf: Shelf;
  fail(reason: unknown): void;
} {
  const calls = new Calls(port);
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

/** Calls to the other thread; they reject with StoreError. */
class Calls {
  readonly #port: MessagePort;
  readonly #pending = new PendingCalls();
  #failure: StoreError | undefined;

  constructor(port: MessagePort) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<FarAnswer>) => {
      if ('result' in data) this.#pending.resolve(data.call, data.result);
      else this.#pending.reject(data.call, new StoreError(data.error.code, data.error.message));
    };
  }

  ask<W extends FarTask['what']>(task: FarTask & { readonly what: W }): Promise<FarResults[W]> {
    if (this.#failure) return Promise.reject(this.#failure);
    return this.#pending.begin((call) =>
      this.#port.postMessage({ call, ...task }, 'bytes' in task ? [task.bytes.buffer] : []),
    );
  }

  fail(reason: unknown): void {
    this.#failure = storeError('storage-refused', reason);
    this.#pending.rejectAll(this.#failure);
  }
}
