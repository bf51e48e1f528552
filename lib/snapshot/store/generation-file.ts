import type { StoredGeneration } from './generation-layout';
import { readGeneration } from './read-generation';
import type { BlockFile } from './types';
import { writeGeneration } from './write-generation';

type Content =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'whole'; readonly generation: StoredGeneration }
  /** Cut, or written with an error: it may yet turn out as nothing or as whole. */
  | { readonly kind: 'unsure' };

/** A file that holds one generation, or nothing. */
export class GenerationFile {
  readonly #file: BlockFile;
  #content: Content;

  /** Whether what it holds would survive a loss of power. */
  #lasts: boolean;

  private constructor(file: BlockFile, content: Content, lasts: boolean) {
    this.#file = file;
    this.#content = content;
    this.#lasts = lasts;
  }

  /** @param pagesBytes size of the pages file: a generation that needs more of it is not whole */
  static async read(file: BlockFile, pagesBytes: number): Promise<GenerationFile> {
    // A tab that was killed may have left it unflushed: what is told to be there must stay. Where even this has no room,
    // a machine can be read all the same, and `settle` tries again before anything is changed.
    const lasts = await file.flush().then(
      () => true,
      () => false,
    );
    const bytes = new Uint8Array(await file.size());
    const got = await file.read(0, bytes);
    if (bytes.length === 0) return new GenerationFile(file, { kind: 'nothing' }, lasts);
    const generation = got === bytes.length ? await readGeneration(bytes, pagesBytes) : undefined;
    return new GenerationFile(
      file,
      generation ? { kind: 'whole', generation } : { kind: 'unsure' },
      lasts,
    );
  }

  get generation(): StoredGeneration | undefined {
    return this.#content.kind === 'whole' ? this.#content.generation : undefined;
  }

  /** Afterwards it is known what is in it, even after a loss of power: only the slots of that must be spared. */
  async settle(): Promise<void> {
    if (this.#content.kind === 'unsure') return this.erase();
    if (!this.#lasts) await this.#file.flush();
    this.#lasts = true;
  }

  /** Resolves once it would survive; when it rejects, what was there before may be gone. @returns bytes written */
  async write(generation: StoredGeneration): Promise<number> {
    const bytes = await writeGeneration(generation);
    this.#content = { kind: 'unsure' };
    await this.#file.write(0, bytes);
    await this.#file.truncate(bytes.length);
    await this.#file.flush();
    this.#content = { kind: 'whole', generation };
    this.#lasts = true;
    return bytes.length;
  }

  /** When it rejects, what was there may come back, but not after `settle`. */
  async erase(): Promise<void> {
    if (this.#content.kind === 'nothing' && this.#lasts) return;
    this.#content = { kind: 'unsure' };
    await this.#file.truncate(0);
    await this.#file.flush();
    this.#content = { kind: 'nothing' };
    this.#lasts = true;
  }
}
