import type { Duplex } from '../mux/duplex';

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
  /** This browser has no room for a copy of the machine, or keeps none for this page. */
  | 'storage-full'
  | 'storage-refused'
  /** The copy a machine was to begin from is not in this browser's storage. */
  | 'copy-missing';

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
  /** A byte stream to PostgreSQL, beginning with the startup packet. Resets with a reason when that fails. */
  connect(): Duplex;
}

/** What a page needs to know to act in a playground. Never logged, never part of a URL sent to a server. */
export interface Credentials {
  readonly playground: string;
  readonly link: string;
  readonly secret: string;
}

/** A copy of a machine in this browser's storage. */
export interface KeptState {
  readonly kept: string;
}

/**
 * The page's handle on the machine in its Worker (`lib/machine/host.ts`: `createHost(credentials)`).
 * Listeners get the present state at once and each change after.
 */
export interface MachineHost extends Backend {
  /** `from`: a copy that `keepState` wrote, of a machine of the same memory; it is gone once this one is ready. */
  start(options: { memoryMb: MemoryMb; from?: KeptState }): void;
  restart(): void;
  stop(): void;
  /**
   * Writes the whole machine into this browser's storage under a name of `[a-z0-9]`, for a start in another
   * playground. The machine stands still for a second or so and then goes on. Rejects with a MachineError.
   */
  keepState(name: string): Promise<void>;
  /** Takes the tunnel back after a newer host had taken it (`ended`, `replaced`). */
  claim(): void;
  /** Ends the Worker; the handle is dead afterwards. */
  dispose(): void;
  onMachine(listener: (state: MachineState) => void): () => void;
  onTunnel(listener: (state: TunnelState) => void): () => void;
  onHealth(listener: (health: Health) => void): () => void;
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
}
