import type { IncomingPages } from './incoming-pages';
import type { PlacedTable } from './page-table';
import type { PageWriter } from './page-writer';
import type { GenerationFacts, IncomingGeneration } from './types';

/** What the machine does for a generation that comes in. */
interface Ending {
  /** Makes the pages that were written a generation. @returns bytes written for that */
  commit(table: PlacedTable, facts: GenerationFacts, devices: Uint8Array): Promise<number>;
  /** The machine is free for other work. */
  release(): Promise<void>;
}

/** `KeptMachine.receive`: it holds the machine until it is finished or abandoned. */
export class ReceivedGeneration implements IncomingGeneration {
  readonly #pages: IncomingPages;
  readonly #writer: PageWriter;
  readonly #ending: Ending;
  #isOver = false;

  constructor(pages: IncomingPages, writer: PageWriter, ending: Ending) {
    this.#pages = pages;
    this.#writer = writer;
    this.#ending = ending;
  }

  async add(
    numbers: Uint32Array,
    contents: (index: number) => Uint8Array | undefined,
  ): Promise<void> {
    this.#mustGoOn();
    for (let index = 0; index < numbers.length; index += 1) {
      const writing = this.#pages.add(numbers[index]!, contents(index));
      if (writing) await writing;
    }
  }

  async finish(facts: GenerationFacts, devices: Uint8Array): Promise<number> {
    this.#mustGoOn();
    try {
      const written = await this.#writer.finish();
      return written + (await this.#ending.commit(this.#pages.table(), facts, devices));
    } finally {
      await this.abandon();
    }
  }

  async abandon(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    await this.#ending.release();
  }

  #mustGoOn(): void {
    if (this.#isOver) throw new Error('this generation was finished or abandoned');
  }
}
