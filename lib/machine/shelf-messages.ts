import type { SnapshotContents } from '../snapshot/codec/read-snapshot';
import type { WorkerPlaces } from './messages';
import type { MachineErrorCode } from './types';

/** A machine that this browser keeps. */
export interface ShelvedMachine {
  /** The id of its playground. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly storedBytes: number;
  readonly memoryMb: number;
}

/** What a page says to its shelf Worker: `begin` first and once, then tasks, each answered by `ShelfAnswer` with its number. */
export type ToShelf =
  | (WorkerPlaces & { readonly type: 'begin' })
  | ({ readonly type: 'task'; readonly task: number } & ShelfTask);

export type ShelfTask =
  | { readonly what: 'list' }
  | { readonly what: 'remove'; readonly name: string }
  | { readonly what: 'duplicate'; readonly from: string; readonly to: string }
  /** A link over `port` carries the file, on the first stream the page opens. */
  | { readonly what: 'adopt'; readonly name: string; readonly port: MessagePort };

/** What each task answers. */
export interface ShelfResults {
  readonly list: readonly ShelvedMachine[];
  readonly remove: undefined;
  readonly duplicate: undefined;
  readonly adopt: SnapshotContents;
}

export type ShelfAnswer = { readonly task: number } & (
  | { readonly result: ShelfResults[keyof ShelfResults] }
  | { readonly error: { readonly code: MachineErrorCode; readonly message: string } }
);
