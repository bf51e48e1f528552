import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { ensureServerSecret } from '../../lib/server/server-secret';
import { addressKey, plainAddress } from '../address';
import { CountByKey } from '../count-by-key';
import type { Relay } from '../relay';
import { openSecureContext } from './certificate';
import { Connection } from './connection';
import { encodePgError } from './errors';
import { WaitingRoom } from './waiting-room';

/** The Postgres port. */
export interface Ingress {
  /** Resolves with the port that listens. */
  listen(host: string, port: number): Promise<number>;
  /** Takes no more connections, ends those there are, and resolves when all are gone. */
  close(): Promise<void>;
}

/** Prepares the port: certificate and server secret are made the first time. */
export async function createIngress(relay: Relay): Promise<Ingress> {
  const { config, limits, metrics } = relay;
  const { pgHost } = relay.addresses();
  const secureContext = await openSecureContext(config, pgHost);
  const serverSecret = await ensureServerSecret(config.dataDir);
  const waitingRoom = new WaitingRoom(limits.pgUnauthenticatedPerAddress);
  const perAddress = new CountByKey();
  const connections = new Set<Connection>();

  // Half-open: a client that ends its writing still reads its answer.
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
    socket.setNoDelay(true);
    socket.setKeepAlive(true, limits.pgKeepAliveMs);
    socket.on('error', () => socket.destroy());
    const key = addressKey(plainAddress(socket.remoteAddress));
    if (
      connections.size >= limits.pgConnections ||
      perAddress.get(key) >= limits.pgConnectionsPerAddress
    ) {
      metrics.rejects.inc({ at: 'postgres', code: 'too-many-connections' });
      refuseAtOnce(socket, limits.lingerMs);
      return;
    }
    perAddress.add(key);
    metrics.pgConnections.inc();
    let settle: () => void = () => {};
    const connection = new Connection({
      relay,
      socket,
      secureContext,
      serverSecret,
      onSettled: () => settle(),
    });
    settle = waitingRoom.enter(key, () => connection.refuse({ code: 'too-many-connections' }));
    connections.add(connection);
    socket.once('close', () => {
      connections.delete(connection);
      perAddress.remove(key);
      metrics.pgConnections.dec();
    });
  });

  return {
    listen: async (host, port) => {
      server.listen(port, host);
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    },
    close: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      for (const connection of connections) connection.close('shutting-down');
      await closed;
    },
  };
}

function refuseAtOnce(socket: Socket, lingerMs: number): void {
  socket.resume();
  socket.end(encodePgError({ code: 'too-many-connections' }));
  setTimeout(() => socket.destroy(), lingerMs).unref();
}
