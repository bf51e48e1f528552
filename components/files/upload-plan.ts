import type { FolderEntry } from '@/lib/machine/file-list';
import { nameProblem } from '@/lib/machine/file-name';
import type { Folder } from '@/lib/machine/files';
import { formatBytes, plural } from '../ui/format';
import { shownName } from './shown-name';

/** A file somebody wants in the machine. */
export interface Wanted {
  readonly name: string;
  readonly size: number;
}

/** What becomes of files that are to be put into a folder. */
export interface UploadPlan<F extends Wanted> {
  readonly fresh: readonly F[];
  /** There is a file of this name: somebody has to be asked. */
  readonly clashing: readonly F[];
  /** Sentences for people. */
  readonly refusals: readonly string[];
}

/**
 * Sorts files by what has to happen first. All are refused when their sum has no room; what a file replaces still
 * takes its room until the new one is whole.
 */
export function planUpload<F extends Wanted>(files: readonly F[], folder: Folder): UploadPlan<F> {
  const there = new Map(folder.entries.map((entry) => [entry.name, entry]));
  const refusals: string[] = [];
  const fresh: F[] = [];
  const clashing: F[] = [];
  const seen = new Set<string>();
  for (const file of files) {
    const refusal = refusalOf(file, there, seen);
    seen.add(file.name);
    if (refusal !== undefined) refusals.push(refusal);
    else if (there.has(file.name)) clashing.push(file);
    else fresh.push(file);
  }
  const needed = [...fresh, ...clashing].reduce((sum, { size }) => sum + size, 0);
  if (needed > folder.freeBytes) {
    const what = fresh.length + clashing.length === 1 ? 'The file takes' : 'The files take';
    const room = `${what} ${formatBytes(needed)}, and ${formatBytes(folder.freeBytes)} are free here.`;
    return {
      fresh: [],
      clashing: [],
      refusals: [...refusals, `${room} Delete files, or start the machine with more memory.`],
    };
  }
  return { fresh, clashing, refusals };
}

function refusalOf(
  { name }: Wanted,
  there: ReadonlyMap<string, FolderEntry>,
  seen: ReadonlySet<string>,
): string | undefined {
  const leftOut = `“${beginningOf(shownName(name))}” was left out`;
  const problem = nameProblem(name);
  if (problem !== undefined) return `${leftOut}. ${problem}`;
  if (seen.has(name)) return `${leftOut}: two files have this name.`;
  const present = there.get(name);
  if (present && present.type !== 'file') {
    return `${leftOut}: what has this name here is not a file.`;
  }
  return undefined;
}

/** Of a name in a sentence: a longer one, which may have thousands of characters, hides what is said of it. */
const MOST_CHARACTERS = 80;

function beginningOf(name: string): string {
  return name.length > MOST_CHARACTERS ? `${name.slice(0, MOST_CHARACTERS)}…` : name;
}

/** The question before files are replaced. */
export function clashQuestion(clashing: readonly Wanted[]): string {
  const [first] = clashing;
  if (clashing.length === 1)
    return `“${shownName(first?.name ?? '')}” is here already. Replace it?`;
  return `${plural(clashing.length, 'file')} are here already. Replace them?`;
}
