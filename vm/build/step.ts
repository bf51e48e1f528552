import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { hashPaths, hashTexts } from './hash';

/** What a step is given to work with. */
export interface StepContext {
  /** An empty folder that becomes the step's output. */
  readonly out: string;
  /** Log of the programs the step runs. */
  readonly log: string;
  /** Shows one line under the step's title. */
  readonly note: (line: string) => void;
}

/** One stage of the build. Its output is found again as long as nothing it depends on has changed. */
export interface Step {
  readonly name: string;
  readonly title: string;
  /** Files and folders of the repository whose contents decide the output; the step's own source among them. */
  readonly files: readonly string[];
  /** Everything else that decides the output: keys of other steps, versions, options. */
  readonly inputs: readonly string[];
  readonly work: (context: StepContext) => Promise<void>;
}

/** A step's output. */
export interface Output {
  readonly key: string;
  readonly path: string;
}

/** Outputs of one step that stay in the cache: the present one, and one to go back to. */
const KEPT_OUTPUTS = 2;

/** Runs steps, several at a time if asked, and remembers their outputs in a folder. */
export class StepRunner {
  readonly #cache: string;
  readonly #print: (line: string) => void;

  constructor(cache: string, print: (line: string) => void) {
    this.#cache = cache;
    this.#print = print;
  }

  /**
   * Returns the output of a step, after running it if it is not in the cache.
   * A step that fails leaves nothing behind but its log, so the next run begins it again.
   */
  async run(step: Step): Promise<Output> {
    const { key, folder, output } = await this.#place(step);
    if (existsSync(output)) {
      await utimes(output, new Date(), new Date());
      return { key, path: output };
    }
    const started = Date.now();
    const log = path.join(this.#cache, 'log', `${step.name}.log`);
    const partial = `${output}.partial`;
    this.#print(`• ${step.title}`);
    await mkdir(path.dirname(log), { recursive: true });
    await rm(log, { force: true });
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    await step.work({
      out: partial,
      log,
      note: (line) => this.#print(`    ${step.name}: ${line}`),
    });
    await rename(partial, output);
    this.#print(`  ${step.name} done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    await prune(folder, key);
    return { key, path: output };
  }

  /** True when a step would not have to be run. */
  async has(step: Step): Promise<boolean> {
    return existsSync((await this.#place(step)).output);
  }

  async #place(step: Step) {
    const key = hashTexts([await hashPaths(step.files), ...step.inputs]);
    const folder = path.join(this.#cache, 'steps', step.name);
    return { key, folder, output: path.join(folder, key) };
  }
}

/** Removes a step's oldest outputs; keys are compared by when they were last used. */
async function prune(folder: string, present: string): Promise<void> {
  const others = (await readdir(folder)).filter((key) => key !== present);
  const aged = await Promise.all(
    others.map(async (key) => ({ key, used: (await stat(path.join(folder, key))).mtimeMs })),
  );
  aged.sort((a, b) => b.used - a.used);
  for (const { key } of aged.slice(KEPT_OUTPUTS - 1)) {
    await rm(path.join(folder, key), { recursive: true, force: true });
  }
}
