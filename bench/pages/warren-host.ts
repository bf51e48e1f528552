import { createHost } from '../../lib/machine/host';
import { DEFAULT_MEMORY_MB, type MachineState, type TunnelState } from '../../lib/machine/types';
import { readCredentials } from './credentials';
import { setStage } from './stage';
import { openWarrenSession } from './warren-session';

/** A page that hosts a machine and measures in it. */
const host = createHost(readCredentials());
host.start({ memoryMb: DEFAULT_MEMORY_MB, from: 'base' });

const isUp = Promise.all([
  new Promise<void>((resolve, reject) => {
    host.onMachine((state: MachineState) => {
      if (state.stage === 'ready') resolve();
      if (state.stage === 'failed') reject(new Error(state.message));
    });
  }),
  // Peers come over the tunnel.
  new Promise<void>((resolve, reject) => {
    host.onTunnel((state: TunnelState) => {
      if (state.stage === 'open') resolve();
      if (state.stage === 'ended') reject(new Error(state.message));
    });
  }),
]);

setStage(async () => {
  await isUp;
  return openWarrenSession(host);
});
