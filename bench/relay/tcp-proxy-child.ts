import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { serveCalls } from '../support/child';

/** The least a relay in Node can do: two sockets, joined by `pipe`. What it moves is what we are compared with. */
const methods = {
  /** Forwards a free port to `target`; resolves with the port. */
  async listen(target: number): Promise<number> {
    const server = net.createServer((front) => {
      const back = net.connect({ host: '127.0.0.1', port: target });
      for (const socket of [front, back]) socket.setNoDelay(true);
      front.pipe(back).pipe(front);
      front.on('error', () => back.destroy());
      back.on('error', () => front.destroy());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  },
};

export type TcpProxyMethods = typeof methods;

serveCalls(methods);
