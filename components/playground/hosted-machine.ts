import { dropHeadStart } from '@/lib/machine/head-start';
import { createHost } from '@/lib/machine/host';
import type {
  Backend,
  Credentials,
  Health,
  MachineHost,
  MachineState,
  MemoryMb,
  TunnelState,
} from '@/lib/machine/types';
import { findPlayground, forgetMachineCopy } from '../playgrounds/store';
import { Cell, type Readable } from '../state/cell';

/** The machine of this tab: its handle, with what it reports as cells. */
export class HostedMachine {
  readonly state: Readable<MachineState>;
  readonly tunnel: Readable<TunnelState>;
  readonly health: Readable<Health | undefined>;
  readonly backend: Backend;
  private readonly host: MachineHost;

  constructor(credentials: Credentials, memoryMb: MemoryMb) {
    const state = new Cell<MachineState>({ stage: 'off' });
    const tunnel = new Cell<TunnelState>({ stage: 'off' });
    const health = new Cell<Health | undefined>(undefined);
    const { playground } = credentials;
    // A fork's machine begins as the copy of another one, once.
    const from = findPlayground(playground)?.machineCopy ? { kept: playground } : undefined;
    // What was started ahead is a base machine; its reports are not those of the copy.
    if (from) dropHeadStart();
    this.host = createHost(credentials);
    this.host.start({ memoryMb, from });
    this.host.onMachine(
      seldom((value) => {
        if (value.stage === 'ready') forgetMachineCopy(playground);
        state.set(value);
      }),
    );
    this.host.onTunnel((value) => tunnel.set(value));
    this.host.onHealth((value) => health.set(value));
    this.backend = this.host;
    this.state = state;
    this.tunnel = tunnel;
    this.health = health;
  }

  /** Begins anew from the image; what was in the database is gone. */
  restart(memoryMb: MemoryMb): void {
    this.host.start({ memoryMb });
  }

  /** Copies the whole machine into this browser's storage; rejects with a sentence for people. */
  keepState(name: string): Promise<void> {
    return this.host.keepState(name);
  }

  stop(): void {
    this.host.stop();
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
