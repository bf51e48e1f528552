import { createHost } from '@/lib/machine/host';
import { readableOf } from '@/lib/machine/readable';
import { openShelf } from '@/lib/machine/shelf';
import type {
  Backend,
  Continued,
  Credentials,
  Health,
  KeepState,
  MachineHost,
  MachineState,
  MemoryMb,
  StartFrom,
  TunnelState,
} from '@/lib/machine/types';
import type { OutgoingStream } from '@/lib/mux/link';
import type { Metadata } from '@/lib/mux/metadata';
import { Cell, type Readable } from '../state/cell';

/** The machine of this tab: its handle, with what it reports as cells. */
export class HostedMachine {
  readonly state: Readable<MachineState>;
  readonly tunnel: Readable<TunnelState>;
  readonly health: Readable<Health | undefined>;
  /** How much of it this browser keeps. */
  readonly kept: Readable<KeepState>;
  /** What it continues, once it is ready; undefined for one that began from the image. */
  readonly continued: Readable<Continued | undefined>;
  /** The kernel's console since the last start. */
  readonly console: Readable<string>;
  readonly backend: Backend;
  private readonly host: MachineHost;

  constructor(credentials: Credentials, memoryMb: MemoryMb) {
    const state = new Cell<MachineState>({ stage: 'off' });
    const tunnel = new Cell<TunnelState>({ stage: 'off' });
    const health = new Cell<Health | undefined>(undefined);
    const kept = new Cell<KeepState>({ kind: 'off', why: 'The machine has not started yet.' });
    const continued = new Cell<Continued | undefined>(undefined);
    const console = new Cell('');
    this.host = createHost(credentials);
    this.host.start({ memoryMb, from: 'kept' });
    this.host.onMachine(seldom((value) => state.set(value)));
    this.host.onTunnel((value) => tunnel.set(value));
    this.host.onHealth((value) => health.set(value));
    this.host.onKept((value) => kept.set(value));
    this.host.onContinued((value) => continued.set(value));
    this.host.onConsole((value) => console.set(value));
    this.backend = this.host;
    this.state = state;
    this.tunnel = tunnel;
    this.health = health;
    this.kept = kept;
    this.continued = continued;
    this.console = console;
  }

  /** Starts it anew; what is not saved of the present one is lost. */
  start(memoryMb: MemoryMb, from: StartFrom): void {
    this.host.start({ memoryMb, from });
  }

  stop(): void {
    this.host.stop();
  }

  /** A stream to the guest's agent, or to the Worker: see `MachineHost.open`. */
  open(metadata: Metadata): OutgoingStream {
    return this.host.open(metadata);
  }

  /** Saves into this browser's storage; rejects with a sentence for people. */
  saveNow(): Promise<void> {
    return this.host.saveNow();
  }

  /** What it is now becomes what Reset to start brings back; rejects with a sentence for people. */
  markStart(): Promise<void> {
    return this.host.markStart();
  }

  /** Keeps a copy of it as it is now, as the machine `name` of this browser; rejects with a sentence for people. */
  async copyTo(name: string): Promise<void> {
    const stream = this.open([['kind', 'snapshot']]);
    stream.end();
    const shelf = openShelf();
    try {
      await shelf.adopt(
        name,
        readableOf(stream, ({ text }) => new Error(text)),
      );
    } finally {
      shelf.dispose();
    }
  }

  /** While held, nothing is saved by itself. */
  holdSaving(isHeld: boolean): void {
    this.host.holdSaving(isHeld);
  }

  /** Editors who come over the relay may open terminals, or not. */
  allowTerminals(allowed: boolean): void {
    this.host.allowTerminals(allowed);
  }

  /** Ends the machine for good. */
  dispose(): void {
    this.host.dispose();
  }

  claimTunnel(): void {
    this.host.claim();
  }
}

/** A download reports each piece of 64 KB; a reader needs no more than this, and the start needs the processor. */
const PROGRESS_EVERY_MS = 100;

/** Leaves out progress that follows too soon on other progress; every other state goes through. */
function seldom(listener: (state: MachineState) => void): (state: MachineState) => void {
  let told = 0;
  return (state) => {
    const now = performance.now();
    if (state.stage === 'loading' && state.loadedBytes > 0 && now - told < PROGRESS_EVERY_MS)
      return;
    if (state.stage === 'loading') told = now;
    listener(state);
  };
}
