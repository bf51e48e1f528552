import type { MachineState } from '@/lib/machine/types';
import type { Readable } from '../state/cell';

/**
 * Resolves when a machine that is about to be started is ready, be it that it runs now or not; call it before the start.
 * Rejects with the machine's own sentence when it fails, and with one of ours when it is shut down meanwhile.
 */
export function whenReady(state: Readable<MachineState>): Promise<void> {
  const before = state.get();
  return new Promise((resolve, reject) => {
    const stop = state.subscribe(() => {
      const now = state.get();
      if (now === before) return;
      if (now.stage === 'ready') resolve();
      else if (now.stage === 'failed') reject(new Error(now.message));
      else if (now.stage === 'stopped') reject(new Error(SHUT_DOWN));
      else return;
      stop();
    });
  });
}

const SHUT_DOWN = 'The machine was shut down before it was ready. Start it again.';
