import type {
  Continued,
  Credentials,
  Health,
  KeepState,
  MachineErrorCode,
  MachineState,
  MemoryMb,
  StartFrom,
  TunnelState,
} from './types';

/** Where a Worker finds what it needs. */
export interface WorkerPlaces {
  /** Origin of the server. */
  readonly base: string;
  /** URL of v86.wasm. */
  readonly wasm: string;
}

/** What the page says to its machine Worker: `disk` first and once, then what is for the machine. */
export type ToWorker = AboutDisk | ToMachine;

type AboutDisk =
  /** A shelf of this browser's machines is served over this port (lib/snapshot/store/far). */
  | { readonly type: 'disk'; readonly port: MessagePort }
  /** Nobody serves it any more. */
  | { readonly type: 'disk-lost'; readonly message: string };

/** `prepare` at most once and first, then `begin` once, then the others. */
export type ToMachine =
  | (WorkerPlaces & {
      /** Starts a machine before it is known who hosts: the page's code is still being loaded. */
      readonly type: 'prepare';
      /** Whose machine continues; absent: it begins from the image. */
      readonly playground: string | undefined;
      readonly memoryMb: MemoryMb;
    })
  | (WorkerPlaces & {
      readonly type: 'begin';
      readonly credentials: Credentials;
      /** The Worker's end of the mux to the page. */
      readonly port: MessagePort;
    })
  | { readonly type: 'start'; readonly memoryMb: MemoryMb; readonly from: StartFrom }
  | { readonly type: 'stop' }
  /** The page may be about to go: what is not saved is saved, and nobody is told. */
  | { readonly type: 'hidden' }
  /** Answered by `done` with the same number. */
  | { readonly type: 'save' | 'mark-start'; readonly task: number }
  /** Nothing is saved by itself meanwhile. */
  | { readonly type: 'hold-saving'; readonly isHeld: boolean }
  | { readonly type: 'allow-terminals'; readonly allowed: boolean }
  /** Claims the tunnel again after another host had taken it. */
  | { readonly type: 'claim' };

/** What the Worker reports. */
export type FromWorker =
  | { readonly type: 'machine'; readonly state: MachineState }
  | { readonly type: 'tunnel'; readonly state: TunnelState }
  | { readonly type: 'health'; readonly health: Health }
  | { readonly type: 'kept'; readonly state: KeepState }
  | { readonly type: 'continued'; readonly continued: Continued | undefined }
  /** More of the kernel's console; `fresh`: since a start, what was told before is over. */
  | { readonly type: 'console'; readonly text: string; readonly fresh: boolean }
  | {
      readonly type: 'done';
      readonly task: number;
      /** Absent when it went well. */
      readonly error?: { readonly code: MachineErrorCode; readonly message: string };
    };
