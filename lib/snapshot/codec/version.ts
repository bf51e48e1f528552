import type { ByteReader } from '../byte-reader';
import type { SnapshotBase } from '../errors';
import type { RestingMachine } from '../types';
import type { SnapshotHeader } from './header';
import type { PageBatch } from './pages';

/** What every snapshot has. */
export interface SnapshotContents {
  readonly header: SnapshotHeader;
  /** A Yjs update, opaque and not checked beyond its hash. */
  readonly notebook: Uint8Array | undefined;
  /** Of kind `data`, unless `onDump` took it. */
  readonly dump: Uint8Array | undefined;
}

export interface WholeSnapshot extends SnapshotContents {
  /** Of kind `machine`: a state with an empty memory, as `RestingMachine.devices`. */
  readonly devices: Uint8Array | undefined;
}

export interface ReadOptions {
  /** The base, or undefined when it is not to be had. Asked once, for kind `machine` only. */
  base(wanted: SnapshotBase): Promise<RestingMachine | undefined>;
  /** The version of this emulator's states; a machine of another is refused. Not compared when absent. */
  readonly v86?: string;
  /** Before anything else is read; what it throws ends the reading. */
  onHeader?(header: SnapshotHeader): void | Promise<void>;
  /**
   * Pages as they come, before the snapshot's end has been seen: whoever keeps them drops them when `readSnapshot`
   * rejects. The next are read when it is done.
   */
  onPages?(batch: PageBatch): void | Promise<void>;
  /** Takes the dump as it comes, on the same terms. */
  onDump?(piece: Uint8Array): void | Promise<void>;
}

/** A snapshot of which the header was read. */
export interface OpenSnapshot {
  readonly header: SnapshotHeader;
  readContents(options: ReadOptions): Promise<WholeSnapshot>;
}

/** Reads one version of the format, from behind the opening, which it is given too, on. */
export type VersionReader = (reader: ByteReader, opening: Uint8Array) => Promise<OpenSnapshot>;
