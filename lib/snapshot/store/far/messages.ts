import type { StoreErrorCode } from '../types';

/** What is asked of a shelf in another thread. Folders and files go by the numbers that `find`, `folder` and `open` answered. */
export type FarTask =
  | { readonly what: 'find' | 'folder' | 'remove'; readonly name: string }
  | { readonly what: 'list' }
  | { readonly what: 'open' | 'peek'; readonly folder: number; readonly name: string }
  | { readonly what: 'storedBytes'; readonly folder: number }
  | { readonly what: 'size' | 'flush' | 'close'; readonly file: number }
  | {
      readonly what: 'read';
      readonly file: number;
      readonly at: number;
      readonly length: number;
    }
  | {
      readonly what: 'write';
      readonly file: number;
      readonly at: number;
      readonly bytes: Uint8Array<ArrayBuffer>;
    }
  | { readonly what: 'truncate'; readonly file: number; readonly size: number };

/** What each task answers. */
export interface FarResults {
  readonly find: number | undefined;
  readonly folder: number;
  readonly remove: undefined;
  readonly list: readonly string[];
  readonly open: number;
  readonly peek: Uint8Array<ArrayBuffer> | undefined;
  readonly storedBytes: number;
  readonly size: number;
  readonly flush: undefined;
  readonly close: undefined;
  /** As many bytes as there were. */
  readonly read: Uint8Array<ArrayBuffer>;
  readonly write: undefined;
  readonly truncate: undefined;
}

export type FarCall = FarTask & { readonly call: number };

export type FarAnswer = { readonly call: number } & (
  | { readonly result: FarResults[keyof FarResults] }
  | { readonly error: { readonly code: StoreErrorCode; readonly message: string } }
);
