import { hostLock } from '../playground/places';
import { withShelf } from './with-shelf';

/** A machine that this browser keeps. */
export interface KeptMachine {
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly storedBytes: number;
  readonly memoryMb: number;
}

/** What this browser has, beside the list of its playgrounds. */
export interface Shelved {
  /** By playground. */
  readonly machines: ReadonlyMap<string, KeptMachine>;
  /** Playgrounds whose machine runs in a tab of this browser. */
  readonly running: ReadonlySet<string>;
}

/** Looks what is kept and what runs. Rejects where this browser keeps nothing. */
export async function readShelved(): Promise<Shelved> {
  const [kept, running] = await Promise.all([withShelf((shelf) => shelf.list()), readRunning()]);
  return { machines: new Map(kept.map(({ name, ...machine }) => [name, machine])), running };
}

/** The hosting tab of a playground holds its lock (components/playground/seat.ts). */
async function readRunning(): Promise<ReadonlySet<string>> {
  const locks = await navigator.locks?.query();
  return new Set((locks?.held ?? []).flatMap(({ name }) => playgroundOf(name ?? '') ?? []));
}

const PREFIX = hostLock('');

function playgroundOf(lock: string): string | undefined {
  return lock.startsWith(PREFIX) ? lock.slice(PREFIX.length) : undefined;
}
