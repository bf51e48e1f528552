import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import type { Duplex } from '../../lib/mux/duplex';
import { LIMITS } from '../../relay/limits';
import { SocketDuplex } from '../../relay/postgres/socket-duplex';

/** A TCP socket as a byte stream. */
export function socketStream(socket: net.Socket): Duplex {
  socket.setNoDelay(true);
  return new SocketDuplex(socket, LIMITS);
}

/** Connects to a port of this computer. */
export async function connectPort(port: number): Promise<Duplex> {
  const socket = net.connect({ host: '127.0.0.1', port });
  await once(socket, 'connect');
  return socketStream(socket);
}

/** Connects to a Postgres port with TLS from the first byte, as libpq's `sslnegotiation=direct` does. */
export async function connectPortTls(port: number): Promise<Duplex> {
  const socket = tls.connect({
    host: '127.0.0.1',
    port,
    ALPNProtocols: ['postgresql'],
    // The server has made its certificate itself.
    rejectUnauthorized: false,
  });
  await once(socket, 'secureConnect');
  return socketStream(socket);
}
