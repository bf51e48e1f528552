import { createPeer } from '../../lib/machine/peer';
import { readCredentials } from './credentials';
import { setStage } from './stage';
import { openWarrenSession } from './warren-session';

/** A page that measures in the machine of another page, over the relay. */
const peer = createPeer(readCredentials());

const isUp = new Promise<void>((resolve, reject) => {
  peer.onHostOnline((online) => {
    if (online) resolve();
  });
  peer.onTunnel((state) => {
    if (state.stage === 'ended') reject(new Error(state.message));
  });
});

setStage(async () => {
  await isUp;
  return openWarrenSession(peer);
});
