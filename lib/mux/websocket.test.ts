import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { Link } from './link';
import type { LinkOptions } from './link-options';
import type { Reason } from './reason';
import type { IncomingStream } from './stream';
import { ascii, KIND_PG, record, until } from './testing';
import { describeDuplex } from './testing-duplex';
import { type BrowserSocket, webSocketTransport } from './websocket';

/** A real socket behind what a browser has: no callback of `send`, events only, no `terminate`. */
function asBrowser(socket: WebSocket): BrowserSocket {
  return {
    set binaryType(type: string) {
      socket.binaryType = type as 'arraybuffer';
    },
    get binaryType() {
      return socket.binaryType;
    },
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
    get readyState() {
      return socket.readyState;
    },
    send: (data) => socket.send(data),
    close: (code, reason) => socket.close(code, reason),
    addEventListener: (type: string, listener: (event: never) => void) =>
      socket.addEventListener(type as 'close', listener as () => void),
  };
}

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A client's socket, still connecting, and the server's, open. */
async function sockets(): Promise<{ client: WebSocket; server: Promise<WebSocket> }> {
  const listener = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  closing.push(() => listener.close());
  await new Promise((resolve) => listener.once('listening', resolve));
  const { port } = listener.address() as AddressInfo;
  const server = new Promise<WebSocket>((resolve) => listener.once('connection', resolve));
  const client = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
  closing.push(() => client.terminate());
  return { client, server };
}

async function links(browser: boolean, options: Partial<LinkOptions> = {}) {
  const { client, server } = await sockets();
  const transport = webSocketTransport(browser ? asBrowser(client) : client);
  const offered: IncomingStream[] = [];
  const closed: { client?: Reason; server?: Reason } = {};
  const clientLink = new Link(transport, {
    role: 'client',
    window: 40_000,
    onClosed: (reason) => {
      closed.client = reason;
    },
  });
  const serverSocket = await server;
  const serverLink = new Link(webSocketTransport(serverSocket), {
    role: 'server',
    window: 40_000,
    onStream: (stream) => offered.push(stream),
    onClosed: (reason) => {
      closed.server = reason;
    },
    ...options,
  });
  return { client, serverSocket, clientLink, serverLink, offered, closed };
}

for (const browser of [true, false]) {
  const name = browser ? 'a WebSocket as browsers have it' : 'a WebSocket of ws';

  describeDuplex(name, async () => {
    const { clientLink, offered } = await links(browser);
    const a = clientLink.open(KIND_PG);
    await until(() => offered.length === 1);
    offered[0]?.accept();
    return { a, b: offered[0]!, close: () => clientLink.close({ code: 'ok', text: '' }) };
  });

  describe(name, () => {
    it('V3 a reason travels as close code', async () => {
      const { clientLink, client, closed } = await links(browser);
      await clientLink.ping();
      const code = new Promise((resolve) => client.once('close', resolve));
      clientLink.close({ code: 'replaced', text: 'a newer host took over' });
      expect(await code).toBe(4_010);
      expect(closed.server).toEqual({ code: 'replaced', text: 'a newer host took over' });
    });

    it('V3 a close code without GOODBYE tells the reason', async () => {
      const { clientLink, serverSocket, closed } = await links(browser);
      await clientLink.ping();
      serverSocket.close(4_009, 'revoked while connecting');
      await until(() => closed.client !== undefined);
      expect(closed.client).toEqual({ code: 'revoked', text: 'revoked while connecting' });
    });

    it('S7 a socket that is cut is link-lost', async () => {
      const { clientLink, serverSocket, closed } = await links(browser);
      await clientLink.ping();
      const told = record(clientLink.open(KIND_PG));
      serverSocket.terminate();
      await until(() => closed.client !== undefined);
      expect(closed.client).toEqual({ code: 'link-lost', text: 'WebSocket close code 1006' });
      expect(told.reset?.code).toBe('link-lost');
    });

    it('V3 a text message ends the link', async () => {
      const { clientLink, client, serverSocket, closed } = await links(browser);
      await clientLink.ping();
      client.send('{"hello":"world"}');
      await until(() => closed.server !== undefined && closed.client !== undefined);
      expect(closed.server).toEqual({ code: 'protocol-error', text: 'a WebSocket text frame' });
      expect(closed.client?.code).toBe('protocol-error');
      serverSocket.send('late');
    });

    it('S7 a socket that never connects is link-lost', async () => {
      const socket = new WebSocket('ws://127.0.0.1:1');
      socket.on('error', () => {});
      let closed: Reason | undefined;
      const link = new Link(webSocketTransport(browser ? asBrowser(socket) : socket), {
        role: 'client',
        onClosed: (reason) => {
          closed = reason;
        },
      });
      const told = record(link.open(KIND_PG));
      await until(() => closed !== undefined);
      expect(closed?.code).toBe('link-lost');
      expect(told.reset?.code).toBe('link-lost');
    });

    it('stops at the mark when the peer reads nothing, and goes on when it does', async () => {
      const { clientLink, client, serverSocket, offered } = await links(browser, {
        window: 16_777_216,
      });
      await clientLink.ping();
      const stream = clientLink.open(KIND_PG);
      await until(() => offered.length === 1);
      const atServer = record(offered[0]!);
      offered[0]?.accept();
      await stream.accepted;
      serverSocket.pause();
      const bytes = 12_000_000;
      stream.write(new Uint8Array(bytes));
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(client.bufferedAmount).toBeLessThan(300_000);
      expect(atServer.length).toBeLessThan(bytes);
      serverSocket.resume();
      await until(() => atServer.length === bytes);
      stream.write(ascii('!'));
      await until(() => atServer.length === bytes + 1);
    });
  });
}
