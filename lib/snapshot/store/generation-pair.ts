import type { GenerationFile } from './generation-file';
import type { StoredGeneration } from './generation-layout';

/** Two files in turn, so that there is always one that is not being written. The newer of the whole ones counts. */
export class GenerationPair {
  readonly #files: readonly [GenerationFile, GenerationFile];
  #sequence: number;

  constructor(files: readonly [GenerationFile, GenerationFile]) {
    this.#files = files;
    this.#sequence = Math.max(...files.map((file) => file.generation?.sequence ?? 0));
  }

  get newest(): StoredGeneration | undefined {
    return this.#byAge[0].generation;
  }

  /** All that are whole: their slots are to be spared. */
  get whole(): readonly StoredGeneration[] {
    return this.#byAge.flatMap((file) => file.generation ?? []);
  }

  /** See `GenerationFile.settle`. */
  async settle(): Promise<void> {
    for (const file of this.#files) await file.settle();
  }

  /** Writes over the older one; when that rejects, the newest is still there. Settle first. @returns bytes written */
  async put(generation: Omit<StoredGeneration, 'sequence'>): Promise<number> {
    const [, older] = this.#byAge;
    this.#sequence += 1;
    try {
      return await older.write({ ...generation, sequence: this.#sequence });
    } catch (thrown) {
      // Half a file takes room, too; if this fails as well, `settle` does it the next time.
      await older.erase().catch(() => undefined);
      throw thrown;
    }
  }

  async eraseNewest(): Promise<void> {
    await this.#byAge[0].erase();
  }

  async eraseOlder(): Promise<void> {
    await this.#byAge[1].erase();
  }

  /** The older one first: whenever it is cut, there is the newest or none. */
  async clear(): Promise<void> {
    await this.eraseOlder();
    await this.eraseNewest();
  }

  get #byAge(): readonly [GenerationFile, GenerationFile] {
    const [one, two] = this.#files;
    return (one.generation?.sequence ?? 0) >= (two.generation?.sequence ?? 0)
      ? [one, two]
      : [two, one];
  }
}
