import { once } from 'node:events';
import type net from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { TICKET_LIFETIME_MS } from '../../lib/access/tickets';
import { encodeFrame, type Frame } from '../../lib/mux/frame';
import { encodeMetadata, type Metadata } from '../../lib/mux/metadata';
import { encodeStartup } from '../../lib/postgres/startup-encoders';
import { LIMITS } from '../limits';
import { MachinePostgres } from '../testing/machine-postgres';
import { TestHost, TestTunnel } from '../testing/test-host';
import { type TestLink, type TestPlayground, TestRelay } from '../testing/test-relay';
import { until } from '../testing/until';

const HELLO: Frame = {
  type: 'hello',
  hello: { version: 1, window: 65_536, nonce: new Uint8Array(8) },
};

describe('bad input on a WebSocket', () => {
  let machine: MachinePostgres;
  let relay: TestRelay;
  let playground: TestPlayground;
  let viewer: TestLink;
  let host: TestHost;
  let now = Date.now();

  beforeAll(async () => {
    machine = await MachinePostgres.start();
    relay = await TestRelay.start({
      now: () => now,
      limits: { streamsPerPeer: 8 },
    });
    playground = await relay.createPlayground();
    viewer = await relay.createLink(playground, 'viewer');
    host = await TestHost.connect(relay, playground, machine.socketPath);
  });
  afterAll(async () => {
    host?.leave();
    await relay?.stop();
    await machine?.stop();
  });
  beforeEach(() => {
    // Everyone else is undisturbed: the host's tunnel outlives every test.
    expect(host.tunnel.socket.readyState).toBe(WebSocket.OPEN);
  });

  const dial = (ticket: string, options: { path?: string; origin?: string } = {}) => {
    const { path = '/relay/peer', origin } = options;
    const socket = new WebSocket(
      relay.webSocketUrl + path,
      ['warren.mux.1', `ticket.${ticket}`],
      origin === undefined ? {} : { origin },
    );
    socket.on('error', () => undefined);
    return socket;
  };
  const open = async () => {
    const socket = dial(await relay.ticket(playground, viewer, 'peer'));
    await once(socket, 'open');
    return socket;
  };
  const refusal = async (socket: WebSocket) => {
    const [, response] = await once(socket, 'unexpected-response');
    let text = '';
    for await (const chunk of response) text += chunk;
    return { status: response.statusCode, code: JSON.parse(text).error.code };
  };
  const closeCode = async (socket: WebSocket) => ((await once(socket, 'close')) as [number])[0];

  describe('before it is open', () => {
    it('a used ticket', async () => {
      const ticket = await relay.ticket(playground, viewer, 'peer');
      const socket = dial(ticket);
      await once(socket, 'open');
      expect(socket.protocol).toBe('warren.mux.1');
      expect(await refusal(dial(ticket))).toEqual({ status: 401, code: 'ticket-unknown' });
      expect(await relay.rejects('websocket', 'ticket-unknown')).toBe(1);
      socket.close();
    });

    it('an expired ticket', async () => {
      const ticket = await relay.ticket(playground, viewer, 'peer');
      now += TICKET_LIFETIME_MS + 1;
      expect(await refusal(dial(ticket))).toEqual({ status: 401, code: 'ticket-expired' });
      expect(await relay.rejects('websocket', 'ticket-expired')).toBe(1);
    });

    it('a foreign Origin', async () => {
      const ticket = await relay.ticket(playground, viewer, 'peer');
      const refused = await refusal(dial(ticket, { origin: 'https://evil.example' }));
      expect(refused).toEqual({ status: 403, code: 'origin-foreign' });
      expect(await relay.rejects('websocket', 'origin-foreign')).toBe(1);
    });

    it('a ticket issued to another origin', async () => {
      const ticket = await relay.ticket(playground, viewer, 'peer', relay.url);
      expect(await refusal(dial(ticket))).toEqual({ status: 401, code: 'ticket-origin' });
      expect(await relay.rejects('websocket', 'ticket-origin')).toBe(1);
    });

    it('a peer’s ticket for a host', async () => {
      const ticket = await relay.ticket(playground, playground.owner, 'peer');
      const refused = await refusal(dial(ticket, { path: '/relay/host' }));
      expect(refused).toEqual({ status: 401, code: 'ticket-purpose' });
      expect(await relay.rejects('websocket', 'ticket-purpose')).toBe(1);
    });

    it('no ticket, and an address that is none', async () => {
      const bare = new WebSocket(`${relay.webSocketUrl}/relay/peer`, ['warren.mux.1']);
      bare.on('error', () => undefined);
      expect(await refusal(bare)).toEqual({ status: 400, code: 'protocol-missing' });
      const lost = dial('x', { path: '/relay/elsewhere' });
      expect(await refusal(lost)).toEqual({ status: 404, code: 'path-unknown' });
    });

    it('a ticket whose link was revoked meanwhile', async () => {
      const link = await relay.createLink(playground, 'viewer');
      const ticket = await relay.ticket(playground, link, 'peer');
      await relay.revoke(playground, link);
      expect((await refusal(dial(ticket))).status).toBe(401);
    });
  });

  describe('once it is open', () => {
    it('text', async () => {
      const socket = await open();
      socket.send('hello');
      expect(await closeCode(socket)).toBe(4001);
      expect(await relay.rejects('websocket', 'text-frame')).toBe(1);
    });

    it('a message over the limit', async () => {
      const socket = await open();
      socket.send(Buffer.alloc(256 * 1024 + 1));
      expect(await closeCode(socket)).toBe(1009);
      expect(await relay.rejects('websocket', 'message-too-large')).toBe(1);
    });

    it('100,000 empty fragments', async () => {
      const socket = await open();
      const { _socket: raw } = socket as unknown as { _socket: net.Socket };
      // A masked, empty, unfinished binary frame, then as many continuations.
      raw.write(Buffer.from([0x02, 0x80, 0, 0, 0, 0]));
      const continuation = Buffer.from([0x00, 0x80, 0, 0, 0, 0]);
      raw.write(Buffer.concat(Array.from({ length: 100_000 }, () => continuation)));
      expect(await closeCode(socket)).toBe(1008);
      expect(await relay.rejects('websocket', 'too-many-fragments')).toBe(1);
    });
  });

  describe('that breaks the mux', () => {
    const metadata = (pairs: Metadata) => encodeMetadata(pairs);
    const PG = metadata([['kind', 'pg']]);

    const say = async (frames: readonly Frame[]) => {
      const socket = await open();
      socket.send(Buffer.concat([HELLO, ...frames].map(encodeFrame)));
      return socket;
    };
    const openOf = (stream: number, kind = PG): Frame => ({ type: 'open', stream, metadata: kind });
    const dataOf = (stream: number, length: number): Frame => ({
      type: 'data',
      stream,
      bytes: new Uint8Array(length),
    });

    it.each<[string, readonly Frame[]]>([
      ['a stream that was never opened', [dataOf(99, 1)]],
      ['a stream of the other side’s parity', [openOf(2)]],
      ['a stream opened twice', [openOf(1), openOf(1)]],
      ['a second HELLO', [HELLO]],
      [
        'more PINGs than can be answered',
        Array.from({ length: 50 }, (): Frame => ({ type: 'ping', payload: new Uint8Array(8) })),
      ],
    ])('%s ends the link', async (_name, frames) => {
      const before = await relay.rejects('mux', 'protocol-error');
      expect(await closeCode(await say(frames))).toBe(4001);
      expect(await relay.rejects('mux', 'protocol-error')).toBe(before + 1);
    });

    it('an unknown type ends the link', async () => {
      const before = await relay.rejects('mux', 'protocol-error');
      const socket = await say([]);
      socket.send(Buffer.from([77, 0, 0, 0, 1, 0, 0, 0]));
      expect(await closeCode(socket)).toBe(4001);
      expect(await relay.rejects('mux', 'protocol-error')).toBe(before + 1);
    });

    it.each<[string, string, readonly Frame[]]>([
      [
        'data after a half-close',
        'data-after-end',
        [openOf(1), { type: 'end', stream: 1 }, dataOf(1, 1)],
      ],
      [
        'credit without end',
        'credit-overflow',
        [openOf(1), { type: 'credit', stream: 1, bytes: 2 ** 31 - 1 }],
      ],
      ['bad metadata', 'unknown-kind', [openOf(1, metadata([['kind', 'exec']]))]],
    ])('%s resets the stream and no other', async (_name, code, frames) => {
      const before = await relay.rejects('mux', code);
      const socket = await say(frames);
      await relay.untilRejected('mux', code, before);
      expect(socket.readyState).toBe(WebSocket.OPEN);
      socket.terminate();
    });

    it('data beyond the credit resets the stream', async () => {
      // Without a host nobody takes what follows the startup packet.
      const lonely = await relay.createPlayground();
      const tunnel = dial(await relay.ticket(lonely, lonely.owner, 'peer'));
      await once(tunnel, 'open');
      const bytes = encodeStartup([['user', 'x']]);
      const begin: readonly Frame[] = [HELLO, openOf(1), { type: 'data', stream: 1, bytes }];
      tunnel.send(Buffer.concat(begin.map(encodeFrame)));
      for (let sent = 0; sent <= LIMITS.windowBytes; sent += 32_768) {
        tunnel.send(encodeFrame(dataOf(1, 32_768)));
      }
      await relay.untilRejected('mux', 'credit-exceeded');
      expect(tunnel.readyState).toBe(WebSocket.OPEN);
      tunnel.terminate();
    });

    it('100,000 opens are refused above the limit, and the others are not held up', async () => {
      const socket = await open();
      const opens = Array.from({ length: 100_000 }, (_, n) => encodeFrame(openOf(2 * n + 1)));
      socket.send(encodeFrame(HELLO));
      for (let at = 0; at < opens.length; at += 1_000) {
        socket.send(Buffer.concat(opens.slice(at, at + 1_000)));
      }
      await relay.untilRejected('mux', 'too-many-streams', 20);
      const other = await TestTunnel.open(relay, playground, viewer, 'peer');
      await other.link.ping();
      other.socket.terminate();
      socket.terminate();
    });
  });

  describe('that asks for much and takes nothing', () => {
    const ASK = Buffer.concat([
      encodeStartup([['user', 'x']]),
      simpleQuery("select repeat('x', 1000000) from generate_series(1, 2000)"),
    ]);
    const passed = () => relay.metric('session_bytes_total', { direction: 'to-client' });

    it.each(['its streams', 'its socket'])('from %s holds bounded memory', async (from) => {
      const before = await passed();
      const tunnel = await TestTunnel.open(relay, playground, viewer, 'peer');
      const stream = tunnel.link.open([['kind', 'pg']]);
      const { _socket: raw } = tunnel.socket as unknown as { _socket: net.Socket };
      if (from === 'its socket') {
        stream.attach({
          data: (chunk) => stream.consumed(chunk.length),
          end: () => undefined,
          reset: () => undefined,
          drain: () => undefined,
        });
      }
      stream.write(ASK);
      await until(async () => (await passed()) > before, 'the answer to begin');
      raw[from === 'its socket' ? 'pause' : 'resume']();
      const rest = await untilStill(passed);
      expect(rest - before).toBeLessThan(64_000_000);
      const other = await TestTunnel.open(relay, playground, viewer, 'peer');
      await other.link.ping();
      expect((await passed()) - rest).toBeLessThan(100_000);
      other.socket.terminate();
      tunnel.socket.terminate();
    });
  });
});

describe('silence on a WebSocket', () => {
  let relay: TestRelay;
  let playground: TestPlayground;

  beforeAll(async () => {
    relay = await TestRelay.start({
      limits: { pingEveryMs: 100, helloTimeoutMs: 300, closeTimeoutMs: 200 },
    });
    playground = await relay.createPlayground();
  });
  afterAll(() => relay?.stop());

  const open = async () => {
    const ticket = await relay.ticket(playground, playground.owner, 'peer');
    const url = `${relay.webSocketUrl}/relay/peer`;
    const socket = new WebSocket(url, ['warren.mux.1', `ticket.${ticket}`]);
    await once(socket, 'open');
    return socket;
  };
  const timeouts = () => relay.rejects('mux', 'timeout');

  it('from the start, without HELLO, ends it', async () => {
    const before = await timeouts();
    const [code] = await once(await open(), 'close');
    expect(code).toBe(4011);
    expect(await timeouts()).toBe(before + 1);
  });

  it('in answer to pings ends it', async () => {
    const before = await timeouts();
    const socket = await open();
    socket.send(encodeFrame(HELLO));
    const [code] = await once(socket, 'close');
    expect(code).toBe(4011);
    expect(await timeouts()).toBe(before + 1);
  });

  it('of one that does not even read ends it too', async () => {
    const before = await timeouts();
    const socket = await open();
    socket.send(encodeFrame(HELLO));
    (socket as unknown as { _socket: net.Socket })._socket.pause();
    await until(async () => (await timeouts()) > before, 'the tunnel to end');
    const { hub } = relay.running.relay;
    await until(() => hub.roomCount === 0, 'the room to be empty');
    await until(async () => (await relay.metric('tunnels')) === 0, 'the tunnel to be forgotten');
    socket.terminate();
  });
});

/** Waits until a number no longer changes. */
async function untilStill(read: () => Promise<number>): Promise<number> {
  const stillMs = 300;
  let last = -1;
  return await until(async () => {
    const value = await read();
    if (value === last) return value;
    last = value;
    await new Promise((resolve) => setTimeout(resolve, stillMs));
    return undefined;
  }, 'the flow to stop');
}

function simpleQuery(sql: string): Uint8Array {
  const body = Buffer.from(`${sql}\0`);
  return Buffer.concat([Buffer.from([0x51, 0, 0, 0, 4 + body.length]), body]);
}

describe('a crowd', () => {
  it('is bounded per address and per playground', async () => {
    const relay = await TestRelay.start({
      limits: { tunnelsPerAddress: 3, peersPerPlayground: 2 },
    });
    try {
      const playground = await relay.createPlayground();
      const tunnels = [
        await TestTunnel.open(relay, playground, playground.owner, 'peer'),
        await TestTunnel.open(relay, playground, playground.owner, 'peer'),
        await TestTunnel.open(relay, playground, playground.owner, 'peer'),
      ];
      expect((await tunnels[2]?.closed)?.code).toBe('busy');
      const elsewhere = await relay.createPlayground();
      await TestTunnel.open(relay, elsewhere, elsewhere.owner, 'peer');
      const ticket = await relay.ticket(elsewhere, elsewhere.owner, 'peer');
      const refused = new WebSocket(`${relay.webSocketUrl}/relay/peer`, [
        'warren.mux.1',
        `ticket.${ticket}`,
      ]);
      refused.on('error', () => undefined);
      const [, response] = await once(refused, 'unexpected-response');
      expect(response.statusCode).toBe(503);
      expect(await relay.rejects('websocket', 'too-many-connections')).toBe(1);
    } finally {
      await relay.stop();
    }
  });
});
