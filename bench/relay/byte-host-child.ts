import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import type { Credentials } from '../../lib/machine/types';
import type { Duplex } from '../../lib/mux/duplex';
import { serveCalls } from '../support/child';
import { ByteService } from './byte-service';
import { openTunnel } from './open-tunnel';
import { socketStream } from './socket-stream';

/** A host without a machine, in a process of its own: bytes where PostgreSQL would be. */
const services: ByteService[] = [];

function serve(duplex: Duplex): void {
  services.push(new ByteService(duplex));
}

const methods = {
  /** Hosts a playground behind the relay. */
  async host({ url, credentials }: { url: string; credentials: Credentials }): Promise<void> {
    await openTunnel({
      url,
      credentials,
      as: 'host',
      onStream: (stream) => {
        stream.accept();
        serve(stream);
      },
    });
  },
  /** The same bytes on a TCP port, for the plain proxy; resolves with the port. */
  async listen(): Promise<number> {
    const server = net.createServer((socket) => serve(socketStream(socket)));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  },
  /** Bytes that a source still holds because nobody takes them. */
  leftToSend: (): number => Math.max(...services.map((service) => service.leftToSend)),
};

export type ByteHostMethods = typeof methods;

serveCalls(methods);
