import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeFrame, type Frame } from './frame';
import { Link } from './link';
import type { LinkOptions } from './link-options';
import { transportPair } from './pair';
import type { Reason } from './reason';
import type { IncomingStream } from './stream';
import {
  ascii,
  concat,
  framesOf,
  helloFrame,
  KIND_PG,
  NONCE,
  openFrame,
  record,
  settle,
} from './testing';
import type { Transport, TransportHandlers } from './transport';

/** Two links joined in memory, and what they were told. */
function linkPair(server: Partial<LinkOptions> = {}, client: Partial<LinkOptions> = {}) {
  const [left, right] = transportPair();
  const seen = {
    offered: [] as IncomingStream[],
    goodbyes: [] as unknown[],
    closedServer: undefined as Reason | undefined,
    closedClient: undefined as Reason | undefined,
  };
  const serverLink = new Link(right, {
    role: 'server',
    onStream: (stream) => seen.offered.push(stream),
    onClosed: (reason) => {
      seen.closedServer = reason;
    },
    ...server,
  });
  const clientLink = new Link(left, {
    role: 'client',
    onGoodbye: (...goodbye) => seen.goodbyes.push(goodbye),
    onClosed: (reason) => {
      seen.closedClient = reason;
    },
    ...client,
  });
  return { server: serverLink, client: clientLink, seen };
}

/** A transport whose other end is the test. */
function manualTransport() {
  const sent: Uint8Array[] = [];
  const state = { writable: true, closed: undefined as Reason | undefined };
  let handlers: TransportHandlers | undefined;
  const transport: Transport = {
    send: (bytes) => sent.push(bytes),
    writable: () => state.writable,
    close: (reason) => {
      state.closed = reason;
    },
    attach: (given) => {
      handlers = given;
    },
  };
  const frames = (): Frame[] => sent.splice(0).flatMap(framesOf);
  const say = (...said: Frame[]) => handlers?.data(concat(said.map(encodeFrame)));
  const tell = () => handlers!;
  return { transport, sent, frames, say, state, tell };
}

describe('streams of a link', () => {
  it('S2 carry metadata both ways', async () => {
    const { client, seen } = linkPair();
    const metadata = [
      ['kind', 'pg'],
      ['role', 'editor'],
    ] as const;
    const stream = client.open(metadata);
    await settle();
    expect(seen.offered[0]?.metadata).toEqual(metadata);
    seen.offered[0]?.accept([['pid', '42']]);
    expect(await stream.accepted).toEqual([['pid', '42']]);
  });

  it('S2 are opened by either side', async () => {
    const offered: IncomingStream[] = [];
    const { server } = linkPair({}, { onStream: (stream) => offered.push(stream) });
    const stream = server.open(KIND_PG);
    const seen = record(stream);
    await settle();
    offered[0]?.accept();
    offered[0]?.write(ascii('from the client'));
    await settle();
    expect(seen.text()).toBe('from the client');
  });

  it('S2 a refusal rejects `accepted` and resets the stream', async () => {
    const { client, seen } = linkPair();
    const stream = client.open(KIND_PG);
    const told = record(stream);
    await settle();
    seen.offered[0]?.reset('unreachable', 'PostgreSQL is down');
    const reason = { code: 'unreachable', text: 'PostgreSQL is down' };
    await expect(stream.accepted).rejects.toMatchObject({ name: 'ResetError', reason });
    expect(told.reset).toEqual(reason);
    expect(client.streamCount).toBe(0);
  });

  it('S2 are refused where nobody takes them', async () => {
    const { client } = linkPair({ onStream: undefined });
    await expect(client.open(KIND_PG).accepted).rejects.toMatchObject({
      reason: { code: 'refused' },
    });
  });

  it('S3 are counted until both sides have ended', async () => {
    const { client, server, seen } = linkPair();
    const stream = client.open(KIND_PG);
    await settle();
    expect([client.streamCount, server.streamCount]).toEqual([1, 1]);
    seen.offered[0]?.accept();
    seen.offered[0]?.end();
    stream.end();
    await settle();
    expect([client.streamCount, server.streamCount]).toEqual([0, 0]);
  });

  it('S4 a reset drops what the consumer has not yet been given', async () => {
    const { client, seen } = linkPair();
    const stream = client.open(KIND_PG);
    stream.write(ascii('dropped'));
    await settle();
    stream.reset('ok', 'gone');
    await settle();
    const told = record(seen.offered[0]!);
    await settle();
    expect(told).toMatchObject({ length: 0, reset: { code: 'ok', text: 'gone' } });
  });

  it('a consumer that throws loses its stream, and others go on', async () => {
    const faults: unknown[] = [];
    const { client, seen } = linkPair({ onFault: (error) => faults.push(error) });
    const [bad, good] = [client.open(KIND_PG), client.open(KIND_PG)];
    const told = record(bad);
    await settle();
    const broken = () => {
      throw new Error('broken');
    };
    seen.offered[0]?.attach({ data: broken, end() {}, reset() {}, drain() {} });
    const atGood = record(seen.offered[1]!);
    await settle();
    bad.write(ascii('x'));
    good.write(ascii('y'));
    await settle();
    expect(faults).toEqual([new Error('broken')]);
    expect(told.reset?.code).toBe('internal');
    expect(atGood.text()).toBe('y');
  });

  it('a handler of streams that throws refuses the stream', async () => {
    const faults: unknown[] = [];
    const onStream = () => {
      throw new Error('broken');
    };
    const { client } = linkPair({ onStream, onFault: (error) => faults.push(error) });
    await expect(client.open(KIND_PG).accepted).rejects.toMatchObject({
      reason: { code: 'internal' },
    });
    expect(faults).toHaveLength(1);
  });

  it('M1 metadata no peer would take is refused to the caller', async () => {
    const { client } = linkPair();
    expect(() => client.open([['Kind', 'pg']])).toThrow(RangeError);
    expect(client.streamCount).toBe(0);
  });
});

describe('what a link sends', () => {
  it('H1 HELLO as soon as the transport is writable, with the nonce it was given', async () => {
    const { transport, frames, state, tell } = manualTransport();
    state.writable = false;
    new Link(transport, { role: 'client', nonce: NONCE, window: 1_234 });
    await settle();
    expect(frames()).toEqual([]);
    state.writable = true;
    tell().writable();
    expect(frames()).toEqual([helloFrame(1_234)]);
  });

  it('K4 tells the nonce of the peer', async () => {
    const { transport, say } = manualTransport();
    const nonces: Uint8Array[] = [];
    new Link(transport, { role: 'client', onHello: (nonce) => nonces.push(nonce) });
    say(helloFrame());
    expect(nonces).toEqual([NONCE]);
  });

  it('K3 tells what the agent has read', () => {
    const { transport, say } = manualTransport();
    const acks: number[] = [];
    new Link(transport, { role: 'client', onAck: (bytes) => acks.push(bytes) });
    say(helloFrame(), { type: 'ack', bytes: 8_192 });
    expect(acks).toEqual([8_192]);
  });

  it('writes of one turn of the event loop leave together, in a microtask', async () => {
    const { transport, sent, frames, say } = manualTransport();
    const link = new Link(transport, { role: 'client' });
    say(helloFrame());
    await settle();
    sent.length = 0;
    const stream = link.open(KIND_PG);
    for (const word of ['one ', 'two ', 'three']) stream.write(ascii(word));
    expect(sent).toHaveLength(0);
    await Promise.resolve();
    expect(sent).toHaveLength(1);
    expect(frames()).toEqual([
      openFrame(1),
      { type: 'data', stream: 1, bytes: ascii('one two three') },
    ]);
  });

  it('nothing while the transport is not writable, and batches of 64 KiB then', async () => {
    const { transport, sent, state, say, tell } = manualTransport();
    const link = new Link(transport, { role: 'client' });
    say(helloFrame(1_000_000));
    await settle();
    sent.length = 0;
    state.writable = false;
    link.open(KIND_PG).write(new Uint8Array(200_000));
    await settle();
    expect(sent).toHaveLength(0);
    state.writable = true;
    tell().writable();
    expect(sent.map(({ length }) => length)).toEqual([65_536, 65_536, 65_536, 3_512]);
  });

  it('answers between the slices of a long chunk, so a flood of OPENs is not owed at once', async () => {
    const { transport, frames, say } = manualTransport();
    const closed: Reason[] = [];
    new Link(transport, { role: 'server', maxStreams: 1, onClosed: (why) => closed.push(why) });
    say(helloFrame(), ...Array.from({ length: 100_000 }, (_, index) => openFrame(2 * index + 1)));
    await settle();
    expect(closed).toEqual([]);
    expect(frames()).toHaveLength(1 + 100_000);
  });
});

describe('the health of a link', () => {
  it('P2 a ping resolves at the PONG, and the eleventh is refused', async () => {
    const { client } = linkPair();
    await client.ping();
    const pings = Array.from({ length: 11 }, () => client.ping());
    await expect(pings[10]).rejects.toMatchObject({ reason: { code: 'busy' } });
    await Promise.all(pings.slice(0, 10));
  });

  it('P3 GOODBYE is told, open streams go on and new ones are reset with its reason', async () => {
    const { client, server, seen } = linkPair();
    const stream = client.open(KIND_PG);
    await settle();
    server.goodbye('shutting-down', 'back in a minute', 60_000);
    const told = record(stream);
    await settle();
    const reason = { code: 'shutting-down', text: 'back in a minute' };
    expect(seen.goodbyes).toEqual([[reason, 60_000]]);
    const refused = client.open(KIND_PG);
    await expect(refused.accepted).rejects.toMatchObject({ reason });
    expect(refused.write(ascii('ignored'))).toBe(true);
    expect(record(refused)).toBeDefined();
    seen.offered[0]?.accept();
    seen.offered[0]?.write(ascii('still here'));
    await settle();
    expect(told.text()).toBe('still here');
  });

  it('counts bytes and streams', async () => {
    const { client, server } = linkPair();
    client.open(KIND_PG).write(new Uint8Array(1_000));
    await settle();
    expect(client.stats).toMatchObject({ streamsOpened: 1, streamsOffered: 0 });
    expect(server.stats).toMatchObject({ streamsOpened: 0, streamsOffered: 1 });
    expect(server.stats.bytesReceived).toBe(client.stats.bytesSent);
    expect(client.stats.bytesSent).toBe(32 + 16 + 1_008);
  });

  describe('with time', () => {
    beforeEach(() => {
      vi.useFakeTimers();
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    it('a peer that is silent for too long is given up', () => {
      const { transport, say, state } = manualTransport();
      new Link(transport, { role: 'client', silenceMs: 1_000 });
      say(helloFrame());
      vi.advanceTimersByTime(900);
      say({ type: 'ping', payload: NONCE });
      vi.advanceTimersByTime(1_000);
      expect(state.closed).toBeUndefined();
      vi.advanceTimersByTime(250);
      expect(state.closed?.code).toBe('timeout');
      expect(vi.getTimerCount()).toBe(0);
    });
  });
});

describe('the end of a link', () => {
  it('S7 close resets every stream with link-lost at both ends, whatever was under way', async () => {
    const { client, server, seen } = linkPair();
    const [first, second] = [client.open(KIND_PG), client.open(KIND_PG)];
    await settle();
    const told = [first, second, ...seen.offered].map((stream) => record(stream));
    await settle();
    client.close({ code: 'revoked', text: 'by the owner' });
    await settle();
    for (const { reset } of told) {
      expect(reset).toEqual({ code: 'link-lost', text: 'revoked: by the owner' });
    }
    const reason = { code: 'revoked', text: 'by the owner' };
    expect([seen.closedClient, seen.closedServer]).toEqual([reason, reason]);
    expect([client.streamCount, server.streamCount]).toEqual([0, 0]);
  });

  it('S7 what was written before close in the same turn still leaves', async () => {
    const { client, seen } = linkPair();
    const stream = client.open(KIND_PG);
    await settle();
    const told = record(seen.offered[0]!);
    await settle();
    stream.write(ascii('last words'));
    client.close({ code: 'ok', text: '' });
    await settle();
    expect(told.text()).toBe('last words');
    expect(told.ended).toBe(false);
  });

  it('S7 a transport that is gone resets every stream and rejects pings', async () => {
    const { transport, say, tell } = manualTransport();
    const closed: Reason[] = [];
    const link = new Link(transport, { role: 'client', onClosed: (why) => closed.push(why) });
    say(helloFrame());
    const told = record(link.open(KIND_PG));
    const ping = link.ping();
    await settle();
    tell().closed();
    tell().closed();
    await expect(ping).rejects.toMatchObject({ reason: { code: 'link-lost' } });
    expect(told.reset?.code).toBe('link-lost');
    expect(closed).toEqual([{ code: 'link-lost', text: 'the transport closed' }]);
    const late = link.open(KIND_PG);
    await expect(late.accepted).rejects.toMatchObject({ reason: { code: 'link-lost' } });
    await expect(link.ping()).rejects.toMatchObject({ reason: { code: 'link-lost' } });
  });

  it('V1 a violation is answered by GOODBYE even when the transport is not writable', async () => {
    const { transport, frames, say, state } = manualTransport();
    const closed: Reason[] = [];
    new Link(transport, { role: 'client', onClosed: (why) => closed.push(why) });
    await settle();
    frames();
    state.writable = false;
    say(helloFrame(), helloFrame());
    const reason = { code: 'protocol-error', text: 'H1: second HELLO' };
    expect(frames()).toEqual([{ type: 'goodbye', reason, retryAfterMs: 0 }]);
    expect(state.closed).toEqual(reason);
    expect(closed).toEqual([reason]);
  });

  it('V1 the peer of a violation is told why', async () => {
    const { client, seen } = linkPair({ maxStreams: 1 });
    client.open(KIND_PG);
    await settle();
    client.close({ code: 'protocol-error', text: 'S1: you know why' });
    await settle();
    expect(seen.closedServer).toEqual({ code: 'protocol-error', text: 'S1: you know why' });
  });

  it('P3 close does not repeat a GOODBYE that told more', async () => {
    const { client, server, seen } = linkPair();
    await client.ping();
    server.goodbye('shutting-down', 'soon', 5_000);
    server.close({ code: 'shutting-down', text: '' });
    await settle();
    expect(seen.goodbyes).toEqual([[{ code: 'shutting-down', text: 'soon' }, 5_000]]);
    expect(seen.closedClient).toEqual({ code: 'shutting-down', text: 'soon' });
  });

  it('close within a consumer ends everything, and nothing is delivered after it', async () => {
    const { client, server, seen } = linkPair();
    const [first, second] = [client.open(KIND_PG), client.open(KIND_PG)];
    await settle();
    seen.offered[0]?.attach({
      data: () => server.close({ code: 'ok', text: '' }),
      end() {},
      reset() {},
      drain() {},
    });
    const told = record(seen.offered[1]!);
    await settle();
    first.write(ascii('x'));
    second.write(ascii('y'));
    await settle();
    expect(told).toMatchObject({ length: 0, reset: { code: 'link-lost' } });
  });
});
