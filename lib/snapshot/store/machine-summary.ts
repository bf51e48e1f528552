import { LATEST_FILES, START_FILES } from './kept-files';
import { readGeneration } from './read-generation';
import type { BlockFolder, GenerationFacts } from './types';

/** What a list of machines says of one. */
export interface MachineSummary {
  /** Of `latest`, or of `start` where there is no other. */
  readonly facts: GenerationFacts;
  readonly hasStart: boolean;
  readonly storedBytes: number;
}

/**
 * Describes a machine without opening it, so that it may be running meanwhile.
 * @returns undefined when nothing whole is kept of it
 */
export async function summariseMachine(folder: BlockFolder): Promise<MachineSummary | undefined> {
  const latest = await newestOf(folder, LATEST_FILES);
  const start = await newestOf(folder, START_FILES);
  const facts = latest ?? start;
  if (!facts) return undefined;
  return { facts, hasStart: start !== undefined, storedBytes: await folder.storedBytes() };
}

async function newestOf(
  folder: BlockFolder,
  names: readonly string[],
): Promise<GenerationFacts | undefined> {
  let newest: { sequence: number; facts: GenerationFacts } | undefined;
  for (const name of names) {
    const bytes = await folder.peek(name);
    // Its pages cannot be counted while it is written; that they are all there is seen when it is opened.
    const generation = bytes && (await readGeneration(bytes, Number.POSITIVE_INFINITY));
    if (generation && generation.sequence > (newest?.sequence ?? 0)) newest = generation;
  }
  return newest?.facts;
}
