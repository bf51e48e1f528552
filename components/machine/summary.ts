import type { MachineState, TunnelState } from '@/lib/machine/types';
import { formatBytes, formatDuration } from '../ui/format';

export type Tone = 'busy' | 'ok' | 'bad' | 'idle';

/** A state in one line, and how it feels. */
export interface Summary {
  readonly tone: Tone;
  readonly text: string;
  /** Changes so often that it is for the eye only. */
  readonly detail?: string;
}

/** The machine of this tab. */
export function summarizeMachine(state: MachineState): Summary {
  switch (state.stage) {
    case 'off':
      return { tone: 'busy', text: 'Starting the machine' };
    case 'loading':
      return { tone: 'busy', text: 'Loading the machine', detail: progressText(state) };
    case 'restoring':
      return { tone: 'busy', text: 'Waking the machine' };
    case 'checking':
      return { tone: 'busy', text: 'Asking PostgreSQL' };
    case 'ready':
      return { tone: 'ok', text: `${state.version} is ready` };
    case 'failed':
      return { tone: 'bad', text: 'The machine has failed' };
    case 'stopped':
      return { tone: 'idle', text: 'The machine is shut down' };
  }
}

function progressText(state: { loadedBytes: number; totalBytes: number }): string | undefined {
  if (state.totalBytes === 0) return undefined;
  return `${formatBytes(state.loadedBytes)} of ${formatBytes(state.totalBytes)}`;
}

/** A machine in another tab, as far as this page sees it. `version` is known once PostgreSQL has answered. */
export function summarizeRemote(
  tunnel: TunnelState,
  hostOnline: boolean,
  version: string | undefined,
): Summary {
  if (tunnel.stage === 'ended') return { tone: 'bad', text: 'Not connected' };
  if (tunnel.stage !== 'open') return { tone: 'busy', text: 'Connecting to the server' };
  if (!hostOnline) return { tone: 'busy', text: 'Waiting for the tab that runs the database' };
  if (version === undefined) return { tone: 'busy', text: 'Asking PostgreSQL' };
  return { tone: 'ok', text: `${version} is ready, in another tab` };
}

/** The connection to the relay. `now` counts the wait down. */
export function summarizeTunnel(tunnel: TunnelState, now: number): Summary {
  switch (tunnel.stage) {
    case 'off':
      return { tone: 'idle', text: 'off' };
    case 'connecting':
      return {
        tone: 'busy',
        text: tunnel.attempt > 1 ? `connecting, attempt ${tunnel.attempt}` : 'connecting',
      };
    case 'open':
      return { tone: 'ok', text: 'connected' };
    case 'waiting': {
      const wait = formatDuration(Math.max(0, tunnel.retryAt - now) + 999);
      return { tone: 'busy', text: now === 0 ? 'reconnecting' : `reconnecting in ${wait}` };
    }
    case 'ended':
      return { tone: 'bad', text: ENDED_TEXTS[tunnel.reason] };
  }
}

const ENDED_TEXTS = {
  replaced: 'taken over by another tab',
  revoked: 'the link was revoked',
  refused: 'refused by the server',
} as const;
