import { PAGE_BYTES } from '../types';
import { deflate } from './deflate';
import { storeError } from './errors';
import { asGeneration } from './generation';
import { ReceivedGeneration } from './incoming-generation';
import { IncomingPages } from './incoming-pages';
import { type KeptFiles, openKeptFiles } from './kept-files';
import type { PlacedTable } from './page-table';
import { PageWriter } from './page-writer';
import { place } from './place';
import { Slots } from './slots';
import { Turns } from './turns';
import type {
  BlockFolder,
  Capture,
  Generation,
  GenerationFacts,
  GenerationName,
  IncomingGeneration,
  KeptMachine,
  PageTable,
} from './types';
import { writePages } from './write-pages';

/**
 * Opens the machine in `folder`, or an empty one, for this page alone.
 * Rejects with StoreError `in-use` while another has it.
 */
export async function openKeptMachine(folder: BlockFolder): Promise<KeptMachine> {
  return new FiledMachine(await openKeptFiles(folder));
}

/**
 * New pages go into slots that no whole generation uses, and are flushed; only then is the older generation file written
 * over, and with its flush it is `latest`. So at any moment a generation is in the files with all of its pages.
 */
class FiledMachine implements KeptMachine {
  readonly #files: KeptFiles;
  readonly #turns = new Turns();

  constructor(files: KeptFiles) {
    this.#files = files;
  }

  get latestTable(): PageTable | undefined {
    return this.#files.latest.newest?.table;
  }

  read(name: GenerationName): Promise<Generation | undefined> {
    return this.#turns.run(async () => {
      const { newest } = this.#files[name];
      return newest && asGeneration(newest, this.#files.pages, this.#turns);
    });
  }

  write({ facts, devices, table, changed }: Capture): Promise<number> {
    return this.#change(async () => {
      const { latest, start, pages } = this.#files;
      const known = [latest.newest, start.newest].flatMap((each) => each?.table ?? []);
      const placement = place(table, known, this.#freeSlots());
      const written = await writePages(new PageWriter(pages), placement, changed);
      return written + (await this.#commit(placement.table, facts, devices));
    });
  }

  async receive(): Promise<IncomingGeneration> {
    const free = await this.#turns.take();
    const release = () => this.#trim().then(free);
    try {
      await this.#settle();
    } catch (thrown) {
      free();
      throw thrown;
    }
    const writer = new PageWriter(this.#files.pages);
    return new ReceivedGeneration(new IncomingPages(this.#freeSlots(), writer), writer, {
      commit: (table, facts, devices) => this.#commit(table, facts, devices),
      release,
    });
  }

  fallBack(): Promise<boolean> {
    return this.#change(async () => {
      const { latest } = this.#files;
      await latest.eraseNewest();
      return latest.newest !== undefined;
    });
  }

  markStart(): Promise<void> {
    return this.#change(async () => {
      const { latest, start } = this.#files;
      if (!latest.newest) throw storeError('missing');
      await start.put(latest.newest);
    });
  }

  resetToStart(): Promise<void> {
    return this.#change(async () => {
      const { latest, start } = this.#files;
      if (!start.newest) throw storeError('missing');
      await latest.put(start.newest);
    });
  }

  forgetLatest(): Promise<void> {
    return this.#change(() => this.#files.latest.clear());
  }

  storedBytes(): Promise<number> {
    return this.#turns.run(() => this.#files.storedBytes());
  }

  close(): Promise<void> {
    return this.#turns.run(() => this.#files.close());
  }

  #change<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.run(async () => {
      await this.#settle();
      try {
        return await work();
      } finally {
        await this.#trim();
      }
    });
  }

  async #settle(): Promise<void> {
    await this.#files.latest.settle();
    await this.#files.start.settle();
  }

  async #commit(table: PlacedTable, facts: GenerationFacts, devices: Uint8Array): Promise<number> {
    const packedDevices = await deflate(devices);
    const devicesBytes = devices.length;
    return this.#files.latest.put({ facts, table, packedDevices, devicesBytes });
  }

  #freeSlots(): Slots {
    const { latest, start } = this.#files;
    return new Slots([...latest.whole, ...start.whole].map(({ table }) => table));
  }

  /** Gives back what nothing needs. A failure costs room, not data: the next change tries again. */
  async #trim(): Promise<void> {
    const { pages, start } = this.#files;
    try {
      // Until the newer mark was whole, the older one counted.
      if (start.newest) await start.eraseOlder();
      const usedBytes = this.#freeSlots().end * PAGE_BYTES;
      if ((await pages.size()) > usedBytes) await pages.truncate(usedBytes);
    } catch {
      // Told by what is done next, if it is more than a passing failure.
    }
  }
}
