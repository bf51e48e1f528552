import { describe, expect, it } from 'vitest';
import { encodeFrame } from './frame';
import { HIGH_WATER_BYTES, TURN_BYTES } from './limits';
import type { Mux } from './mux';
import {
  ascii,
  dataFrame,
  feed,
  framesOf,
  greeted,
  helloFrame,
  KIND_PG,
  NONCE,
  newMux,
  openFrame,
  sent,
} from './testing';

const REASON = { code: 'refused', text: 'closed today' } as const;

/** A client whose stream 1 the server has accepted. */
function clientWithStream(peerWindow = 65_536, window = 65_536): Mux {
  const mux = greeted({ role: 'client', window }, peerWindow);
  mux.open(KIND_PG);
  sent(mux);
  feed(mux, { type: 'accept', stream: 1, metadata: new Uint8Array(0) });
  return mux;
}

/** A server that has been offered stream 1 and accepted it. */
function serverWithStream(window = 65_536): Mux {
  const mux = greeted({ window });
  feed(mux, openFrame(1));
  mux.accept(1, []);
  sent(mux);
  return mux;
}

describe('the start of a link', () => {
  it('H1 HELLO is first, and alone until the peer has said it', () => {
    const mux = newMux({ role: 'client' });
    mux.open(KIND_PG);
    mux.write(1, ascii('early'));
    mux.ping();
    expect(sent(mux)).toEqual([helloFrame()]);
    feed(mux, helloFrame());
    expect(sent(mux).map(({ type }) => type)).toEqual(['ping', 'open', 'data']);
  });

  it('H3 the window of the peer is the credit of every stream, ours and offered', () => {
    const mux = newMux({ role: 'client' });
    mux.open(KIND_PG);
    mux.write(1, new Uint8Array(100));
    feed(mux, helloFrame(10), openFrame(2));
    mux.accept(2, []);
    mux.write(2, new Uint8Array(100));
    const data = sent(mux).filter(({ type }) => type === 'data');
    expect(data).toEqual([dataFrame(1, 10), dataFrame(2, 10)]);
  });

  it('H4 the nonce of the peer is told', () => {
    expect(feed(newMux(), helloFrame())).toEqual([{ type: 'hello', window: 65_536, nonce: NONCE }]);
  });

  it('H3 a window of our own must be 1 to 16,777,216', () => {
    for (const window of [0, -1, 1.5, 16_777_217]) {
      expect(() => newMux({ window })).toThrow(RangeError);
    }
  });
});

describe('streams', () => {
  it('S1 the client opens odd ids, the server even ones', () => {
    const client = greeted({ role: 'client' });
    expect([client.open(KIND_PG), client.open(KIND_PG)]).toEqual([1, 3]);
    const server = greeted({ role: 'server' });
    expect([server.open(KIND_PG), server.open(KIND_PG)]).toEqual([2, 4]);
  });

  it('S2 the opener sends DATA at once, before ACCEPT', () => {
    const mux = greeted({ role: 'client' });
    mux.open(KIND_PG);
    mux.write(1, ascii('hello'));
    expect(sent(mux).map(({ type }) => type)).toEqual(['open', 'data']);
  });

  it('S2 what the acceptor writes waits for its ACCEPT', () => {
    const mux = greeted();
    feed(mux, openFrame(1));
    mux.write(1, ascii('hello'));
    mux.end(1);
    expect(sent(mux)).toEqual([]);
    mux.accept(1, [['pid', '7']]);
    expect(sent(mux).map(({ type }) => type)).toEqual(['accept', 'data', 'end']);
  });

  it('S2 a stream is accepted once', () => {
    const mux = serverWithStream();
    mux.accept(1, []);
    expect(sent(mux)).toEqual([]);
  });

  it('S3 each direction ends on its own, and the stream is forgotten after both', () => {
    const mux = clientWithStream();
    mux.write(1, ascii('last'));
    mux.end(1);
    expect(sent(mux).map(({ type }) => type)).toEqual(['data', 'end']);
    expect(feed(mux, dataFrame(1, 3))).toMatchObject([{ type: 'data' }]);
    expect(mux.streamCount).toBe(1);
    expect(feed(mux, { type: 'end', stream: 1 })).toEqual([
      { type: 'ended', stream: 1 },
      { type: 'closed', stream: 1 },
    ]);
    expect(mux.streamCount).toBe(0);
  });

  it('S3 END waits for the DATA before it', () => {
    const mux = clientWithStream(4);
    mux.write(1, ascii('123456'));
    mux.end(1);
    expect(sent(mux)).toEqual([{ type: 'data', stream: 1, bytes: ascii('1234') }]);
    feed(mux, { type: 'credit', stream: 1, bytes: 2 });
    expect(sent(mux)).toEqual([
      { type: 'data', stream: 1, bytes: ascii('56') },
      { type: 'end', stream: 1 },
    ]);
  });

  it('S3 the stream closes with our END when the peer ended first', () => {
    const mux = serverWithStream();
    feed(mux, { type: 'end', stream: 1 });
    mux.end(1);
    expect(mux.pull(65_536)?.events).toEqual([{ type: 'closed', stream: 1 }]);
    expect(mux.streamCount).toBe(0);
  });

  it('S4 RESET drops what waits, is answered by nothing and what still arrives is ignored', () => {
    const mux = clientWithStream();
    mux.write(1, ascii('never sent'));
    mux.reset(1, REASON);
    expect(sent(mux)).toEqual([{ type: 'reset', stream: 1, reason: REASON }]);
    const late = feed(
      mux,
      dataFrame(1, 5),
      { type: 'credit', stream: 1, bytes: 1 },
      { type: 'end', stream: 1 },
      { type: 'reset', stream: 1, reason: REASON },
    );
    expect(late).toEqual([]);
    expect(sent(mux)).toEqual([]);
  });

  it('S4 the RESET of the peer ends both directions', () => {
    const mux = clientWithStream();
    mux.write(1, ascii('never sent'));
    expect(feed(mux, { type: 'reset', stream: 1, reason: REASON })).toEqual([
      { type: 'reset', stream: 1, reason: REASON },
    ]);
    expect(mux.streamCount).toBe(0);
    expect(sent(mux)).toEqual([]);
  });

  it('S4 a stream the peer has not heard of is taken back without a word', () => {
    const mux = greeted({ role: 'client' });
    mux.open(KIND_PG);
    mux.reset(1, REASON);
    expect(sent(mux)).toEqual([]);
    mux.open(KIND_PG);
    expect(sent(mux)).toEqual([openFrame(3)]);
  });

  it('S5 what was under way for a closed stream is ignored', () => {
    const mux = serverWithStream();
    feed(mux, { type: 'end', stream: 1 });
    mux.end(1);
    sent(mux);
    expect(feed(mux, { type: 'credit', stream: 1, bytes: 100 })).toEqual([]);
    expect(sent(mux)).toEqual([]);
  });

  it('S6 the stream beyond maxStreams is refused, and there is room again after one closes', () => {
    const mux = greeted({ maxStreams: 2 });
    expect(feed(mux, openFrame(1), openFrame(3), openFrame(5))).toHaveLength(2);
    expect(sent(mux)).toMatchObject([
      { type: 'reset', stream: 5, reason: { code: 'too-many-streams' } },
    ]);
    mux.reset(1, REASON);
    expect(feed(mux, openFrame(7))).toMatchObject([{ type: 'offered', stream: 7 }]);
  });
});

describe('credit', () => {
  it('C2 a sender stops at its credit and goes on with CREDIT', () => {
    const mux = clientWithStream(100);
    mux.write(1, new Uint8Array(250));
    expect(sent(mux)).toEqual([dataFrame(1, 100)]);
    feed(mux, { type: 'credit', stream: 1, bytes: 60 });
    feed(mux, { type: 'credit', stream: 1, bytes: 40 });
    expect(sent(mux)).toEqual([dataFrame(1, 100)]);
    expect(sent(mux)).toEqual([]);
  });

  it('C3 credit goes back when bytes are consumed, a quarter of the window at a time', () => {
    const mux = serverWithStream(1_000);
    feed(mux, dataFrame(1, 600));
    expect(sent(mux)).toEqual([]);
    mux.consumed(1, 249);
    expect(sent(mux)).toEqual([]);
    mux.consumed(1, 1);
    expect(sent(mux)).toEqual([{ type: 'credit', stream: 1, bytes: 250 }]);
    mux.consumed(1, 350);
    expect(sent(mux)).toEqual([{ type: 'credit', stream: 1, bytes: 350 }]);
  });

  it('C3 a window of one byte works', () => {
    const mux = serverWithStream(1);
    for (let round = 0; round < 3; round += 1) {
      feed(mux, dataFrame(1, 1));
      mux.consumed(1, 1);
      expect(sent(mux)).toEqual([{ type: 'credit', stream: 1, bytes: 1 }]);
    }
  });

  it('C3 more cannot be consumed than was delivered', () => {
    const mux = serverWithStream();
    feed(mux, dataFrame(1, 10));
    expect(() => mux.consumed(1, 11)).toThrow(RangeError);
    expect(() => mux.consumed(1, -1)).toThrow(RangeError);
    expect(() => mux.consumed(1, Number.NaN)).toThrow(RangeError);
  });

  it('C3 no credit is granted after the peer ended', () => {
    const mux = serverWithStream(100);
    feed(mux, dataFrame(1, 100));
    mux.consumed(1, 100);
    feed(mux, { type: 'end', stream: 1 });
    expect(sent(mux)).toEqual([]);
  });

  it('C2 write answers false above the high-water mark, and drained comes below the low one', () => {
    const mux = clientWithStream(16_777_216);
    expect(mux.write(1, new Uint8Array(HIGH_WATER_BYTES))).toBe(true);
    expect(mux.write(1, new Uint8Array(1))).toBe(false);
    const events = [mux.pull(65_536), mux.pull(65_536)].map((pulled) => pulled?.events);
    expect(events).toEqual([[], [{ type: 'drained', stream: 1 }]]);
  });
});

describe('fairness and health', () => {
  it('P1 frames of the link, OPEN, ACCEPT, RESET and CREDIT go before DATA', () => {
    const mux = greeted({ window: 1_000 });
    feed(mux, openFrame(1), openFrame(3), openFrame(5), dataFrame(3, 500));
    mux.accept(3, []);
    sent(mux);
    mux.write(3, ascii('bulk'));
    mux.consumed(3, 500);
    mux.accept(1, []);
    mux.reset(5, REASON);
    mux.open(KIND_PG);
    mux.ping();
    feed(mux, { type: 'ping', payload: NONCE });
    mux.goodbye(REASON, 0);
    expect(sent(mux).map(({ type }) => type)).toEqual([
      ...['goodbye', 'pong', 'ping', 'open', 'accept', 'reset', 'credit', 'data'],
    ]);
  });

  it('P1 streams take turns of at most 16,384 bytes', () => {
    const mux = greeted({ role: 'client' }, 1_000_000);
    for (const id of [1, 3, 5]) {
      mux.open(KIND_PG);
      mux.write(id, new Uint8Array(id === 5 ? 20 : 40_000));
    }
    const turns = sent(mux, 1_000_000).flatMap((frame) =>
      frame.type === 'data' ? [[frame.stream, frame.bytes.length]] : [],
    );
    expect(turns).toEqual([
      [1, TURN_BYTES],
      [3, TURN_BYTES],
      [5, 20],
      [1, TURN_BYTES],
      [3, TURN_BYTES],
      [1, 40_000 - 2 * TURN_BYTES],
      [3, 40_000 - 2 * TURN_BYTES],
    ]);
  });

  it('P1 a keystroke is sent next, whatever a bulk copy has queued', () => {
    const mux = greeted({ role: 'client' }, 16_777_216);
    mux.open(KIND_PG);
    mux.open(KIND_PG);
    mux.write(1, new Uint8Array(10_000_000));
    for (let round = 0; round < 10; round += 1) {
      mux.pull(65_536);
      mux.write(3, ascii('k'));
      const frames = framesOf(mux.pull(65_536)!.bytes);
      expect(frames.findIndex((frame) => 'stream' in frame && frame.stream === 3)).toBeLessThan(2);
    }
  });

  it('P1 no DATA leaves while control frames wait for the next batch', () => {
    const mux = greeted({ role: 'client' });
    for (let count = 0; count < 20; count += 1) {
      const id = mux.open([
        ['kind', 'pg'],
        ['text', 'x'.repeat(1_000)],
      ]);
      mux.write(id, ascii('data'));
    }
    const types = sent(mux, 4_104).map(({ type }) => type);
    expect(types.lastIndexOf('open')).toBeLessThan(types.indexOf('data'));
    expect(types).toHaveLength(40);
  });

  it('P1 a batch is never longer than asked for, and holds whole frames', () => {
    const mux = greeted({ role: 'client' }, 1_000_000);
    for (let count = 0; count < 40; count += 1) {
      const id = mux.open([
        ['kind', 'pg'],
        ['text', 'x'.repeat(count * 90)],
      ]);
      mux.write(id, new Uint8Array(count * 700));
    }
    let batches = 0;
    for (let pulled = mux.pull(4_104); pulled; pulled = mux.pull(4_104)) {
      expect(pulled.bytes.length).toBeLessThanOrEqual(4_104);
      framesOf(pulled.bytes);
      batches += 1;
    }
    expect(batches).toBeGreaterThan(100);
    expect(() => mux.pull(4_103)).toThrow(RangeError);
  });

  it('P2 PING is answered with the same bytes', () => {
    const mux = greeted();
    feed(mux, { type: 'ping', payload: ascii('12345678') });
    expect(sent(mux)).toEqual([{ type: 'pong', payload: ascii('12345678') }]);
  });

  it('P2 our own PINGs stop at 10 without an answer', () => {
    const mux = greeted();
    const pings = Array.from({ length: 11 }, () => mux.ping());
    expect(pings).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, null]);
    const [first] = sent(mux);
    if (first?.type !== 'ping') throw new Error('no ping');
    expect(feed(mux, { type: 'pong', payload: first.payload })).toEqual([
      { type: 'pong', ping: 1 },
    ]);
    expect(mux.ping()).toBe(11);
  });

  it('P2 a PONG that answers nothing is ignored', () => {
    const mux = greeted();
    mux.ping();
    expect(feed(mux, { type: 'pong', payload: new Uint8Array(8) })).toEqual([]);
    expect(feed(mux, { type: 'pong', payload: Uint8Array.of(1, 0, 0, 0, 1, 0, 0, 0) })).toEqual([]);
  });

  it('P3 after GOODBYE offers are refused with its code and open streams go on', () => {
    const mux = serverWithStream();
    mux.goodbye({ code: 'shutting-down', text: 'back soon' }, 5_000);
    feed(mux, openFrame(3));
    mux.write(1, ascii('still here'));
    expect(sent(mux)).toMatchObject([
      { type: 'goodbye', reason: { code: 'shutting-down' }, retryAfterMs: 5_000 },
      { type: 'reset', stream: 3, reason: { code: 'shutting-down' } },
      { type: 'data', stream: 1 },
    ]);
  });

  it('P3 after the GOODBYE of the peer no stream can be opened', () => {
    const mux = clientWithStream();
    const goodbye = { type: 'goodbye', reason: REASON, retryAfterMs: 7 } as const;
    expect(feed(mux, goodbye)).toEqual([goodbye]);
    expect(mux.refusal()).toEqual(REASON);
    expect(() => mux.open(KIND_PG)).toThrow('refused');
    expect(feed(mux, dataFrame(1, 1))).toHaveLength(1);
  });

  it('K3 an ACK is told and changes nothing', () => {
    const mux = clientWithStream();
    expect(feed(mux, { type: 'ack', bytes: 4_096 })).toEqual([{ type: 'ack', bytes: 4_096 }]);
    expect(sent(mux)).toEqual([]);
  });

  it('S7 after the link has ended nothing is received, written or sent', () => {
    const mux = clientWithStream();
    mux.write(1, ascii('x'));
    mux.finish(REASON);
    expect(mux.receive(encodeFrame(dataFrame(1, 1)))).toEqual([]);
    expect(mux.write(1, ascii('y'))).toBe(true);
    expect(mux.ping()).toBeNull();
    expect(mux.pull(65_536)).toBeNull();
    expect(mux.refusal()).toEqual(REASON);
  });
});
