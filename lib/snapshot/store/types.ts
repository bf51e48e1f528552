import type { BaseRef } from '../types';

/** Random access to one file that outlives the page. All offsets and lengths in bytes. */
export interface BlockFile {
  size(): Promise<number>;
  /** Fills `into` from `at`; resolves with how many bytes there were. */
  read(at: number, into: Uint8Array): Promise<number>;
  /** Rejects with StoreError `storage-full` when there is no room; what was written then is undefined until truncated. */
  write(at: number, bytes: Uint8Array): Promise<void>;
  truncate(size: number): Promise<void>;
  /** Resolves once what was written before would survive the end of the process. */
  flush(): Promise<void>;
  /** Idempotent. */
  close(): Promise<void>;
}

/** A folder of such files: one for each machine. OPFS, IndexedDB, and under Node a real folder. */
export interface BlockFolder {
  /** Opens for this page alone; rejects with StoreError `in-use` while another has it. Makes it when it is not there. */
  open(name: string): Promise<BlockFile>;
  /**
   * All of a file, without opening it for oneself; undefined when there is none. Whoever has it open may be writing just
   * then: only for small files that say by themselves whether they are whole.
   */
  peek(name: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** What its files take together, open or not. */
  storedBytes(): Promise<number>;
}

/**
 * All machines of this browser; a machine's name is its playground's id: letters, digits, `-` and `_`, at most 64. Other
 * names are a TypeError.
 */
export interface Shelf {
  /** Undefined when there is none of this name. */
  find(name: string): Promise<BlockFolder | undefined>;
  /** Makes it when it is not there. */
  folder(name: string): Promise<BlockFolder>;
  /** In the order of their names. */
  list(): Promise<readonly string[]>;
  /** Idempotent. Rejects with StoreError `in-use`, and removes nothing, while one of its files is open. */
  remove(name: string): Promise<void>;
}

export type StoreErrorCode = 'storage-full' | 'storage-refused' | 'in-use' | 'damaged' | 'missing';

/** What this browser's storage could not do. The message is for people: what happened, what it means, what to do. */
export class StoreError extends Error {
  override name = 'StoreError';
  constructor(
    readonly code: StoreErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Which generation of a kept machine: the newest whole one, or the one that Reset to start brings back. */
export type GenerationName = 'latest' | 'start';

/**
 * The pages in which a generation differs from its base, in the order of their numbers: page `pages[i]` has the hash
 * (`hashLow[i]`, `hashHigh[i]`). A page that is all zeros has both 0.
 */
export interface PageTable {
  readonly pages: Uint32Array;
  readonly hashLow: Uint32Array;
  readonly hashHigh: Uint32Array;
}

/** What a generation says of itself. */
export interface GenerationFacts {
  readonly base: BaseRef;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  /** The version of the emulator's states. */
  readonly v86: string;
}

/** What is written: a machine at a moment, by its differences from the base. Its arrays become the store's. */
export interface Capture {
  readonly facts: GenerationFacts;
  readonly devices: Uint8Array;
  readonly table: PageTable;
  /** Contents of the pages whose hash differs from that of the generation `latest`, by page number. Not those of zeros. */
  readonly changed: ReadonlyMap<number, Uint8Array>;
}

/**
 * A generation as it was read, its own file checked against its hash. Of use until two more generations were written;
 * after that its pages are `damaged`, never those of another generation.
 */
export interface Generation {
  readonly facts: GenerationFacts;
  readonly table: PageTable;
  devices(): Promise<Uint8Array>;
  /**
   * Calls back for each page of the table in an order that suits the storage; undefined: all zeros. The bytes are the
   * callee's only until it returns. Rejects with StoreError `damaged` before a page that is not what was written.
   */
  eachPage(visit: (page: number, bytes: Uint8Array | undefined) => void): Promise<void>;
}

/** A new `latest` whose pages come little by little, as from a file. Nothing of it counts before `finish`. */
export interface IncomingGeneration {
  /**
   * Pages `numbers`, ascending over all calls; `contents` is asked for each once, by its index, undefined for all zeros. They
   * are the caller's again once it resolves. Rejects with StoreError `storage-full`: then abandon.
   */
  add(numbers: Uint32Array, contents: (index: number) => Uint8Array | undefined): Promise<void>;
  /** @returns bytes written. When it rejects, nothing has changed and it is over. */
  finish(facts: GenerationFacts, devices: Uint8Array): Promise<number>;
  /** Gives the room back. Idempotent, and harmless after `finish`. */
  abandon(): Promise<void>;
}

/**
 * One machine in this browser's storage. Two generations at least, so that a save that is cut leaves the one before it.
 * Calls are worked off one after the other, in their order.
 */
export interface KeptMachine {
  /** The newest generation that is whole; undefined when there is none. Falls back to the one before when the newest is damaged. */
  read(name: GenerationName): Promise<Generation | undefined>;
  /** The table of `latest` as it is known without reading: what a capture is compared with. */
  readonly latestTable: PageTable | undefined;
  /** Writes a new `latest`. When it rejects, the one before is still there. @returns bytes written */
  write(capture: Capture): Promise<number>;
  /** Begins a new `latest` from pages that come one after the other. Every other call waits until it is finished or abandoned. */
  receive(): Promise<IncomingGeneration>;
  /**
   * For a `latest` whose pages proved `damaged`: forgets it, so that the generation before it is `latest`.
   * @returns whether there is one
   */
  fallBack(): Promise<boolean>;
  /** `latest` becomes `start`, too, without its pages being copied. Rejects with StoreError `missing` when there is none. */
  markStart(): Promise<void>;
  /** `start` becomes `latest`, too, without its pages being copied. Rejects with StoreError `missing` when there is none. */
  resetToStart(): Promise<void>;
  /** Forgets all but `start`. */
  forgetLatest(): Promise<void>;
  /** What its files take, in bytes. */
  storedBytes(): Promise<number>;
  /** Waits for what has been called. Idempotent. */
  close(): Promise<void>;
}
