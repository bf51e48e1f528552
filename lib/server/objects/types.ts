import type { Readable } from 'node:stream';

/** What is known of an object without reading it. */
export interface ObjectFacts {
  /** In bytes. */
  readonly length: number;
  /** Milliseconds since 1970; to the second in some stores. */
  readonly modifiedAt: number;
}

export interface ListedObject extends ObjectFacts {
  readonly key: string;
}

export interface StoredObject {
  /** In bytes. */
  readonly length: number;
  /** The bytes as they were when the object was opened. To be read to its end or destroyed. */
  readonly body: Readable;
}

/**
 * Where large things lie: bytes under keys. An object is there whole or not at all, and a put replaces the one before.
 * Keys are parts of `[a-z0-9-]` with `/` between, and no key lies below another one. A prefix is a folder of keys: it
 * ends with `/`. All methods reject with `ObjectStoreError`.
 */
export interface ObjectStore {
  /** Resolves once the object would survive a crash. Exactly `length` bytes must come: `length-wrong` otherwise. */
  put(key: string, body: Uint8Array | AsyncIterable<Uint8Array>, length: number): Promise<void>;
  /** Undefined when there is none. */
  get(key: string): Promise<StoredObject | undefined>;
  /** Undefined when there is none. */
  head(key: string): Promise<ObjectFacts | undefined>;
  /** Idempotent. */
  delete(key: string): Promise<void>;
  /** Deletes all objects below the prefix. Idempotent. */
  deletePrefix(prefix: string): Promise<void>;
  /** All objects below the prefix, in the order of their keys' bytes. */
  list(prefix: string): AsyncIterable<ListedObject>;
  /** Bytes that may still be stored; undefined where the store does not tell. */
  room(): Promise<number | undefined>;
  close(): void;
}
