import type { Backend, MachineState, TunnelState } from '@/lib/machine/types';

/** Whether PostgreSQL can be reached from this page, and if not, what is missing. */
export type Reach =
  | { readonly kind: 'open'; readonly backend: Backend }
  /** It comes by itself. */
  | { readonly kind: 'waiting'; readonly reason: string }
  /** Somebody has to do something first. */
  | { readonly kind: 'closed'; readonly reason: string };

export function reachOfMachine(state: MachineState, backend: Backend): Reach {
  switch (state.stage) {
    case 'ready':
      return { kind: 'open', backend };
    case 'failed':
      return { kind: 'closed', reason: 'The machine has failed. Restart it first.' };
    case 'stopped':
      return { kind: 'closed', reason: 'The machine is shut down. Start it first.' };
    default:
      return { kind: 'waiting', reason: 'Waiting for the machine…' };
  }
}

export function reachOverRelay(tunnel: TunnelState, hostOnline: boolean, backend: Backend): Reach {
  switch (tunnel.stage) {
    case 'open':
      return hostOnline
        ? { kind: 'open', backend }
        : { kind: 'waiting', reason: 'The tab that runs the database is away.' };
    case 'ended':
      return { kind: 'closed', reason: tunnel.message };
    default:
      return { kind: 'waiting', reason: 'Waiting for the connection to the server…' };
  }
}
