import type {
  Credentials,
  Health,
  KeptState,
  MachineErrorCode,
  MachineState,
  MemoryMb,
  TunnelState,
} from './types';

/** What the page says to its machine Worker: `prepare` at most once and first, then `begin` once, then the others. */
export type ToWorker =
  | {
      /** Starts a machine before it is known whose it is: the page's code is still being loaded. */
      readonly type: 'prepare';
      readonly base: string;
      readonly wasm: string;
      readonly memoryMb: MemoryMb;
    }
  | {
      readonly type: 'begin';
      readonly credentials: Credentials;
      /** Origin of the server. */
      readonly base: string;
      /** URL of v86.wasm. */
      readonly wasm: string;
      /** The Worker's end of the mux to the page. */
      readonly port: MessagePort;
    }
  | { readonly type: 'start'; readonly memoryMb: MemoryMb; readonly from?: KeptState }
  | { readonly type: 'restart' }
  | { readonly type: 'stop' }
  /** Writes the machine's state into this browser's storage; answered by `kept` with the same name. */
  | { readonly type: 'keep'; readonly name: string }
  /** Claims the tunnel again after another host had taken it. */
  | { readonly type: 'claim' };

/** What the Worker reports. */
export type FromWorker =
  | { readonly type: 'machine'; readonly state: MachineState }
  | { readonly type: 'tunnel'; readonly state: TunnelState }
  | { readonly type: 'health'; readonly health: Health }
  | {
      readonly type: 'kept';
      readonly name: string;
      /** Absent when it is kept. */
      readonly error?: { readonly code: MachineErrorCode; readonly message: string };
    };
