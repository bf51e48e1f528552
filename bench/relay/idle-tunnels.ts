import type { Credentials } from '../../lib/machine/types';
import type { WarrenServer } from '../support/warren-server';
import { openTunnel, type Tunnel } from './open-tunnel';

/** As many people as look at one playground on a busy day; they come together, one playground after the other. */
const TUNNELS_PER_PLAYGROUND = 20;

/** Opens this many tunnels of pages that watch who is there and do nothing else. */
export async function idleTunnels(
  server: WarrenServer,
  count: number,
): Promise<{ close(): Promise<void> }> {
  const tunnels: Tunnel[] = [];
  const close = async () => {
    await Promise.all(tunnels.map((tunnel) => tunnel.close()));
  };
  try {
    for (let crowd = 0; tunnels.length < count; crowd++) {
      const credentials = await server.createPlayground(addressOf(crowd));
      const wanted = Math.min(TUNNELS_PER_PLAYGROUND, count - tunnels.length);
      const arriving = Array.from({ length: wanted }, () =>
        openWatcher(server.url, credentials, addressOf(crowd)),
      );
      tunnels.push(...(await Promise.all(arriving)));
    }
  } catch (thrown) {
    await close();
    throw thrown;
  }
  return { close };
}

/** A tunnel with the stream of presence every page has; resolves when its first line has come. */
async function openWatcher(
  url: string,
  credentials: Credentials,
  address: string,
): Promise<Tunnel> {
  const tunnel = await openTunnel({ url, credentials, as: 'peer', address });
  const presence = tunnel.link.open([['kind', 'peers']]);
  await new Promise<void>((resolve, reject) => {
    presence.attach({
      data: (chunk) => {
        presence.consumed(chunk.length);
        resolve();
      },
      end: () => reject(new Error('presence ended')),
      reset: ({ code, text }) => reject(new Error(`presence was reset: ${code} ${text}`)),
      drain: () => {},
    });
  });
  return tunnel;
}

function addressOf(crowd: number): string {
  return `10.0.${Math.floor(crowd / 250)}.${(crowd % 250) + 1}`;
}
