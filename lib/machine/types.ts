import type { Duplex } from '../mux/duplex';
import type { OutgoingStream } from '../mux/link';
import type { Metadata } from '../mux/metadata';

/** Memory sizes, in MB, for which the image holds a base state. */
export const MEMORY_SIZES_MB = [128, 256, 512, 1024] as const;
export type MemoryMb = (typeof MEMORY_SIZES_MB)[number];
export const DEFAULT_MEMORY_MB: MemoryMb = 256;

/** What went wrong with a machine; the code is what tests, the log and the page share. */
export type MachineErrorCode =
  | 'image-missing'
  | 'image-damaged'
  | 'download-failed'
  | 'emulator-failed'
  | 'agent-silent'
  | 'postgres-silent'
  | 'postgres-down'
  | 'out-of-memory'
  | 'disk-full'
  /** This browser has no room for what is to be kept, or keeps nothing for this page. */
  | 'storage-full'
  | 'storage-refused'
  /** Another page of this browser has what is kept of the machine open. */
  | 'in-use'
  /** What this browser kept of the machine is not what was written, or not there. */
  | 'kept-damaged'
  | 'kept-missing';

/** The life of a machine. A field exists only in the states that own it. */
export type MachineState =
  | { readonly stage: 'off' }
  | { readonly stage: 'loading'; readonly loadedBytes: number; readonly totalBytes: number }
  | { readonly stage: 'restoring' }
  | { readonly stage: 'checking' }
  | {
      readonly stage: 'ready';
      /** E.g. `PostgreSQL 17.11`. */
      readonly version: string;
      readonly memoryMb: MemoryMb;
      /** Milliseconds since 1970 when it became ready. */
      readonly since: number;
    }
  | {
      readonly stage: 'failed';
      readonly code: MachineErrorCode;
      /** What happened, what it means for the data, what to do: one or two sentences. */
      readonly message: string;
    }
  | { readonly stage: 'stopped' };

/** Rule J1 of docs/protocol.md. */
export interface Health {
  readonly pg: 'ready' | 'starting' | 'down';
  readonly uptime: number;
  readonly memTotal: number;
  readonly memAvailable: number;
  readonly diskTotal: number;
  readonly diskFree: number;
  readonly oomKills: number;
  readonly cpuBusy: number;
}

/** The host's connection to the relay, as the page shows it. */
export type TunnelState =
  | { readonly stage: 'off' }
  | { readonly stage: 'connecting'; readonly attempt: number }
  | { readonly stage: 'open'; readonly since: number }
  | { readonly stage: 'waiting'; readonly retryAt: number; readonly attempt: number }
  | {
      /** Not tried again by itself: a newer host took over, or the link was revoked. */
      readonly stage: 'ended';
      readonly reason: 'replaced' | 'revoked' | 'refused';
      readonly message: string;
    };

/** Anything a page can open PostgreSQL connections on: its own machine, or one behind the relay. */
export interface Backend {
  /**
   * A byte stream to PostgreSQL, beginning with the startup packet. Resets with a reason when that fails.
   * @param nature `look`: nothing is done in it that a crash would lose, so a tab's own machine is not saved for it
   */
  connect(nature?: 'look'): Duplex;
  /**
   * A session with a name (rule G of docs/protocol.md), which goes on in a machine that is restored; a tab's own machine
   * has them. Rejects with `ResetError`.
   */
  connectNamed?(name: string): Promise<NamedSession>;
}

export interface NamedSession {
  readonly stream: Duplex;
  /** It was logged in before: begin with Sync instead of the startup packet. */
  readonly isResumed: boolean;
}

/** What a page needs to know to act in a playground. Never logged, never part of a URL sent to a server. */
export interface Credentials {
  readonly playground: string;
  readonly link: string;
  readonly secret: string;
}

/**
 * What a machine begins from: `kept` continues where this browser kept it (or else from `start`, or else from `base`),
 * `start` is the playground's starting snapshot (or else `base`), `base` the image's base state, `power-on` a full boot.
 */
export type StartFrom = 'kept' | 'start' | 'base' | 'power-on';

/** How much of the machine this browser's storage holds; a field exists only in the states that own it. */
export type KeepState =
  /** Nothing was kept yet, or this page keeps nothing: `why` is a sentence for people. */
  | { readonly kind: 'off'; readonly why: string }
  | { readonly kind: 'saving'; readonly savedAt: number | undefined }
  | {
      readonly kind: 'saved';
      /** Milliseconds since 1970 of the moment the machine would come back to. */
      readonly savedAt: number;
      /** Milliseconds since 1970 of the first work that is not in it; absent when nothing would be lost. */
      readonly unsavedSince: number | undefined;
      /** What the last save wrote, and what the machine takes in storage, in bytes. */
      readonly writtenBytes: number;
      readonly storedBytes: number;
    }
  | {
      readonly kind: 'failed';
      readonly code: MachineErrorCode;
      readonly message: string;
      readonly savedAt: number | undefined;
    };

/** What a machine that was kept came back as: told once, after `ready`. */
export interface Continued {
  readonly savedAt: number;
  readonly from: 'kept' | 'start';
}

/**
 * The page's handle on the machine in its Worker (`lib/machine/host.ts`: `createHost(credentials)`).
 * Listeners get the present state at once and each change after.
 */
export interface MachineHost extends Backend {
  /** Starts the machine, or starts it again: what runs is stopped first, without being saved. */
  start(options: { memoryMb: MemoryMb; from: StartFrom }): void;
  stop(): void;
  /**
   * A stream to the guest's agent: `pg`, `exec`, `pty`, `ptys`, `put`, `get`, `list` (rule M3 of docs/protocol.md); or to
   * the Worker itself: `snapshot` (rule S of docs/snapshot.md).
   */
  open(metadata: Metadata): OutgoingStream;
  /** Saves into this browser's storage now; rejects with a MachineError. The status shows it too. */
  saveNow(): Promise<void>;
  /** What the machine is now becomes what `start` of `StartFrom` brings back. Saves first; rejects with a MachineError. */
  markStart(): Promise<void>;
  /** While held, nothing is saved by itself: the machine is not yet what it is going to be. */
  holdSaving(isHeld: boolean): void;
  /** Editors who come over the relay may open terminals; until then nobody may but owners. */
  allowTerminals(allowed: boolean): void;
  /** Takes the tunnel back after a newer host had taken it (`ended`, `replaced`). */
  claim(): void;
  /** Ends the Worker; the handle is dead afterwards. */
  dispose(): void;
  onMachine(listener: (state: MachineState) => void): () => void;
  onTunnel(listener: (state: TunnelState) => void): () => void;
  onHealth(listener: (health: Health) => void): () => void;
  onKept(listener: (state: KeepState) => void): () => void;
  /** The kernel's console since the last start, all of it at each change; at most 256 KB. */
  onConsole(listener: (text: string) => void): () => void;
  /** What the present machine continues, once it is ready; undefined for one that began from the image. */
  onContinued(listener: (continued: Continued | undefined) => void): () => void;
}

/** Somebody connected to a playground, as the relay reports it on a `peers` stream, one JSON array a line. */
export interface Peer {
  readonly id: string;
  readonly role: 'owner' | 'editor' | 'viewer';
  readonly via: 'page' | 'postgres' | 'host';
  /** The address the relay saw, without port. */
  readonly address: string;
  /** E.g. `psql`, `Chrome on Linux`; empty when not told. */
  readonly client: string;
  readonly connectedAt: number;
}

/**
 * The page's connection to the relay (`lib/machine/peer.ts`: `createPeer(credentials)`), which every page has,
 * host or not: presence, and for peers the PostgreSQL connections too. Reconnects by itself.
 */
export interface RelayPeer extends Backend {
  dispose(): void;
  onTunnel(listener: (state: TunnelState) => void): () => void;
  onPeers(listener: (peers: readonly Peer[]) => void): () => void;
  /** True while a host is connected to the relay. */
  onHostOnline(listener: (online: boolean) => void): () => void;
  /** Owner only: cuts one peer's connection. */
  disconnect(peer: string): void;
  /** A `pty` stream to the host's machine (rule T of docs/protocol.md); reset with `refused` where the host does not allow it. */
  openTerminal(metadata: Metadata): OutgoingStream;
}
