import { storing } from './errors';
import {
  BLOCK_BYTES,
  type BlockStore,
  keysBelow,
  type MachinesDatabase,
} from './indexed-db-schema';
import type { LetGo } from './take-alone';
import type { BlockFile } from './types';

/** A file in blocks of 64 KB. Each call is one transaction: done whole or not at all. */
export class IndexedDbFile implements BlockFile {
  readonly #database: MachinesDatabase;
  readonly #key: readonly [machine: string, file: string];
  readonly #letGo: LetGo;
  /** As the database has it: nobody else writes this file. */
  #size: number;

  constructor(
    database: MachinesDatabase,
    key: readonly [machine: string, file: string],
    size: number,
    letGo: LetGo,
  ) {
    this.#database = database;
    this.#key = key;
    this.#size = size;
    this.#letGo = letGo;
  }

  async size(): Promise<number> {
    return this.#size;
  }

  async read(at: number, into: Uint8Array): Promise<number> {
    const length = Math.max(0, Math.min(into.length, this.#size - at));
    if (length === 0) return 0;
    const { store } = this.#database.transaction('blocks');
    const first = Math.floor(at / BLOCK_BYTES);
    const last = Math.floor((at + length - 1) / BLOCK_BYTES);
    const blocks = await storing(() =>
      Promise.all(
        Array.from({ length: last - first + 1 }, (_, index) =>
          store.get([...this.#key, first + index]),
        ),
      ),
    );
    into.fill(0, 0, length);
    for (const [index, block] of blocks.entries()) {
      const offset = (first + index) * BLOCK_BYTES - at;
      const skipped = Math.max(0, -offset);
      const piece = block?.subarray(skipped, Math.max(skipped, length - offset));
      if (piece) into.set(piece, offset + skipped);
    }
    return length;
  }

  write(at: number, bytes: Uint8Array): Promise<void> {
    return this.#change('relaxed', Math.max(this.#size, at + bytes.length), async (blocks) => {
      for (let done = 0; done < bytes.length; ) {
        const block = Math.floor((at + done) / BLOCK_BYTES);
        const offset = at + done - block * BLOCK_BYTES;
        const piece = bytes.subarray(done, done + BLOCK_BYTES - offset);
        const isWhole = piece.length === BLOCK_BYTES;
        const held = isWhole ? undefined : await blocks.get([...this.#key, block]);
        const content = new Uint8Array(Math.max(held?.length ?? 0, offset + piece.length));
        if (held) content.set(held);
        content.set(piece, offset);
        await blocks.put(content, [...this.#key, block]);
        done += piece.length;
      }
    });
  }

  truncate(size: number): Promise<void> {
    return this.#change('relaxed', size, async (blocks) => {
      const block = Math.floor(size / BLOCK_BYTES);
      const rest = size - block * BLOCK_BYTES;
      const held = rest > 0 ? await blocks.get([...this.#key, block]) : undefined;
      if (size < this.#size) await blocks.delete(this.#blocksFrom(block));
      if (held) await blocks.put(held.slice(0, rest), [...this.#key, block]);
    });
  }

  /** Transactions last in their order, so one that is waited for down to the disk takes those before it along. */
  flush(): Promise<void> {
    return this.#change('strict', this.#size, async () => undefined);
  }

  close(): Promise<void> {
    return this.#letGo();
  }

  #blocksFrom(block: number): IDBKeyRange {
    const { upper } = keysBelow(...this.#key);
    return IDBKeyRange.bound([...this.#key, block], upper);
  }

  #change(
    durability: IDBTransactionDurability,
    size: number,
    work: (blocks: BlockStore) => Promise<void>,
  ): Promise<void> {
    return storing(async () => {
      const transaction = this.#database.transaction(['files', 'blocks'], 'readwrite', {
        durability,
      });
      transaction.done.catch(() => undefined);
      try {
        await work(transaction.objectStore('blocks'));
        await transaction.objectStore('files').put(size, [...this.#key]);
        await transaction.done;
      } catch (thrown) {
        // A request only says that it was aborted; why stands in the transaction.
        throw transaction.error ?? thrown;
      }
      this.#size = size;
    });
  }
}
