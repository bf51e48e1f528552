import type { Random } from '../../../mux/random';
import { storeError } from '../errors';
import type { BlockFile, BlockFolder } from '../types';
import { CrashingFile } from './crashing-file';

/** What every call rejects with once the process was killed. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/**
 * A disk with one folder, which outlives the processes that use it and knows what of it is flushed. A killed process leaves
 * all it wrote, the last step perhaps in part; a loss of power also drops, keeps or tears whatever was not flushed,
 * in any order.
 */
export class CrashingDisk {
  /** More than this is `storage-full`; what was begun is written in part. */
  capacityBytes = Number.POSITIVE_INFINITY;
  /** How likely it is that any step is done in part and rejects with `storage-full`. */
  faultRate = 0;
  readonly #random: Random;
  readonly #files = new Map<string, CrashingFile>();
  #process = 0;
  #stepsLeft = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  get storedBytes(): number {
    return [...this.#files.values()].reduce((sum, file) => sum + file.bytes.length, 0);
  }

  /** A new process, which is killed in the middle of its step number `steps`: writes, truncations and flushes are steps. */
  start(steps: number): BlockFolder {
    this.#process += 1;
    this.#stepsLeft = steps;
    const open = new Set<string>();
    return {
      open: async (name) => {
        if (open.has(name)) throw storeError('in-use');
        open.add(name);
        return this.#handle(this.#file(name), () => open.delete(name));
      },
      peek: async (name) => this.#files.get(name)?.bytes.slice(),
      storedBytes: async () => this.storedBytes,
    };
  }

  /** What was not flushed comes apart. */
  losePower(): void {
    for (const file of this.#files.values()) file.losePower(this.#random);
  }

  #file(name: string): CrashingFile {
    const file = this.#files.get(name) ?? new CrashingFile();
    this.#files.set(name, file);
    return file;
  }

  #handle(file: CrashingFile, close: () => void): BlockFile {
    const owner = this.#process;
    const mustLive = () => {
      if (owner !== this.#process || this.#stepsLeft <= 0) throw new Killed('killed');
    };
    const step = async (whole: () => void, part: () => void) => {
      mustLive();
      this.#stepsLeft -= 1;
      if (this.#stepsLeft > 0 && !this.#random.chance(this.faultRate)) return whole();
      part();
      throw this.#stepsLeft > 0 ? storeError('storage-full') : new Killed('killed');
    };
    return {
      size: async () => {
        mustLive();
        return file.bytes.length;
      },
      read: async (at, into) => {
        mustLive();
        const bytes = file.bytes.subarray(at, at + into.length);
        into.set(bytes);
        return bytes.length;
      },
      write: (at, bytes) => {
        const some = () => file.write(at, bytes.slice(0, this.#random.between(0, bytes.length)));
        return step(() => {
          const growth = Math.max(0, at + bytes.length - file.bytes.length);
          if (growth > 0 && this.storedBytes + growth > this.capacityBytes) {
            some();
            throw storeError('storage-full');
          }
          file.write(at, bytes.slice());
        }, some);
      },
      truncate: (size) =>
        step(
          () => file.truncate(size),
          () => this.#random.chance(0.5) && file.truncate(size),
        ),
      flush: () =>
        step(
          () => file.flush(),
          () => this.#random.chance(0.5) && file.flush(),
        ),
      close: async () => close(),
    };
  }
}
