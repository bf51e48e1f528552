import { describe, expect, it } from 'vitest';
import { encodeFrame, type Frame, writeHeader } from './frame';
import { MAX_PENDING_RESETS } from './limits';
import type { Mux } from './mux';
import type { MuxEvent } from './mux-state';
import {
  ascii,
  concat,
  dataFrame,
  feed,
  greeted,
  helloFrame,
  KIND_PG,
  NONCE,
  newMux,
  openFrame,
  sent,
} from './testing';

/** A header with anything in it, followed by zeros. */
function raw(type: number, flags: number, length: number, stream: number): Uint8Array {
  const bytes = new Uint8Array(8 + Math.min(length, 64));
  writeHeader(bytes, 0, 'data', stream, length);
  bytes[0] = type;
  bytes[1] = flags;
  return bytes;
}

/** V1: the link ended with a text that names the rule, the last frame is GOODBYE, and nothing follows. */
function expectViolation(
  mux: Mux,
  events: readonly MuxEvent[],
  rule: string,
  code = 'protocol-error',
) {
  const reason = { code, text: expect.stringMatching(`^${rule}: `) };
  expect(events.at(-1)).toEqual({ type: 'failed', reason });
  expect(sent(mux)).toEqual([{ type: 'goodbye', reason, retryAfterMs: 0 }]);
  expect(mux.streamCount).toBe(0);
  expect(feed(mux, { type: 'ping', payload: NONCE })).toEqual([]);
  expect(sent(mux)).toEqual([]);
}

/** A server with stream 1 accepted and a neighbour, stream 3, which nothing may disturb. */
function server(window = 65_536): Mux {
  const mux = greeted({ window });
  feed(mux, openFrame(1), openFrame(3));
  mux.accept(1, []);
  mux.accept(3, []);
  sent(mux);
  return mux;
}

function expectReset(mux: Mux, events: readonly MuxEvent[], code: string) {
  const reset = { type: 'reset', stream: 1, reason: { code, text: expect.any(String) } };
  expect(events.at(-1)).toEqual(reset);
  expect(sent(mux)).toEqual([reset]);
  expect(feed(mux, dataFrame(1, 5))).toEqual([]);
  expect(feed(mux, dataFrame(3, 5))).toMatchObject([{ type: 'data', stream: 3 }]);
}

describe('a hostile peer ends its link', () => {
  it.each([
    ['F4', 'an unknown type', raw(99, 0, 0, 1)],
    ['F2', 'flags', raw(4, 1, 1, 1)],
    ['F2', 'an over-long length', raw(4, 0, 32_769, 1)],
    ['F4', 'an over-long END', raw(6, 0, 1, 1)],
    ['F4', 'over-long metadata', raw(2, 0, 4_097, 5)],
    ['F3', 'DATA on the link', raw(4, 0, 1, 0)],
    ['F3', 'PING on a stream', raw(8, 0, 8, 1)],
    ['F4', 'empty DATA', raw(4, 0, 0, 1)],
    ['F4', 'no credit', encodeFrame({ type: 'credit', stream: 1, bytes: 0 })],
    ['H1', 'a second HELLO', encodeFrame(helloFrame())],
    ['S1', 'double open', encodeFrame(openFrame(3))],
    ['S1', 'an id below the last', encodeFrame(openFrame(1))],
    ['S1', 'an id of the wrong parity', encodeFrame(openFrame(6))],
    ['S2', 'ACCEPT of its own offer', raw(3, 0, 0, 1)],
    ['S5', 'ACCEPT of a stream nobody opened', raw(3, 0, 0, 2)],
    ['S5', 'DATA on a stream nobody opened', encodeFrame(dataFrame(5, 1))],
    ['S5', 'DATA on a stream we never opened', encodeFrame(dataFrame(2, 1))],
    ['S5', 'END on a stream nobody opened', raw(6, 0, 0, 5)],
    [
      'S5',
      'CREDIT on a stream nobody opened',
      encodeFrame({ type: 'credit', stream: 5, bytes: 1 }),
    ],
    ['S5', 'RESET on a stream nobody opened', raw(7, 0, 2, 5)],
  ])('%s %s', (rule, _what, bytes) => {
    const mux = server();
    mux.write(3, ascii('dropped'));
    expectViolation(mux, mux.receive(bytes), rule);
  });

  it.each<[string, string, Frame]>([
    ['H1', 'anything before HELLO', { type: 'ping', payload: NONCE }],
    [
      'H1',
      'GOODBYE before HELLO',
      { type: 'goodbye', reason: { code: 'ok', text: '' }, retryAfterMs: 0 },
    ],
    ['H3', 'a window of 0', helloFrame(0)],
    ['H3', 'a window over 16 MiB', helloFrame(16_777_217)],
  ])('%s %s', (rule, _what, frame) => {
    const mux = newMux();
    mux.pull(4_104);
    expectViolation(mux, feed(mux, frame), rule);
  });

  it('H2 another version', () => {
    const mux = newMux();
    mux.pull(4_104);
    const hello = { version: 2, window: 1, nonce: NONCE };
    expectViolation(mux, feed(mux, { type: 'hello', hello }), 'H2', 'version');
  });

  it('V1 HELLO goes before GOODBYE when it was not yet sent', () => {
    const mux = newMux();
    feed(mux, openFrame(1));
    expect(sent(mux).map(({ type }) => type)).toEqual(['hello', 'goodbye']);
  });

  it('P2 11 PINGs without room for an answer', () => {
    const mux = server();
    const ping: Frame = { type: 'ping', payload: NONCE };
    expect(feed(mux, ...Array<Frame>(10).fill(ping))).toEqual([]);
    expectViolation(mux, feed(mux, ping), 'P2');
  });

  it('P2 11 PINGs are fine when the answers are read', () => {
    const mux = server();
    for (let count = 0; count < 11; count += 1) {
      feed(mux, { type: 'ping', payload: NONCE });
      expect(sent(mux)).toHaveLength(1);
    }
  });

  it('P4 100,000 opens by a peer that reads nothing', () => {
    const mux = greeted({ maxStreams: 10 });
    const opens = Array.from({ length: 100_000 }, (_, index) => openFrame(2 * index + 1));
    const events = feed(mux, ...opens);
    expect(events.filter(({ type }) => type === 'offered')).toHaveLength(10);
    expectViolation(mux, events, 'P4', 'busy');
  });

  it('P4 as many opens, each refused by the user', () => {
    const mux = greeted();
    let last: MuxEvent | undefined;
    for (let id = 1; last?.type !== 'failed' && id < 200_000; id += 2) {
      last = feed(mux, openFrame(id)).at(-1);
      if (last?.type === 'offered') mux.reset(id, { code: 'unknown-kind', text: '' });
    }
    expect(last).toMatchObject({ type: 'failed', reason: { code: 'busy' } });
  });

  it('S6 100,000 opens by a peer that reads are each refused, and the link lives on', () => {
    const mux = greeted({ maxStreams: 10 });
    let refused = 0;
    for (let from = 0; from < 100_000; from += 1_000) {
      const opens = Array.from({ length: 1_000 }, (_, i) => openFrame(2 * (from + i) + 1));
      feed(mux, ...opens);
      refused += sent(mux).length;
    }
    expect(refused).toBe(99_990);
    expect(mux.streamCount).toBe(10);
    expect(feed(mux, dataFrame(1, 1))).toMatchObject([{ type: 'data', stream: 1 }]);
    expect(MAX_PENDING_RESETS).toBeLessThan(100_000);
  });
});

describe('a hostile peer loses the stream, and only that', () => {
  it('C4 credit exceeded by one byte', () => {
    const mux = server(100);
    feed(mux, dataFrame(1, 60));
    expectReset(mux, feed(mux, dataFrame(1, 41)), 'credit-exceeded');
  });

  it('C4 consumed bytes are no credit before CREDIT was sent', () => {
    const mux = server(100);
    feed(mux, dataFrame(1, 100));
    mux.consumed(1, 10);
    expectReset(mux, feed(mux, dataFrame(1, 1)), 'credit-exceeded');
  });

  it('C5 credit overflow', () => {
    const mux = server();
    feed(mux, { type: 'credit', stream: 1, bytes: 2 ** 31 - 1 - 65_536 });
    expectReset(mux, feed(mux, { type: 'credit', stream: 1, bytes: 1 }), 'credit-overflow');
  });

  it('S5 DATA after END', () => {
    const mux = server();
    feed(mux, { type: 'end', stream: 1 });
    expectReset(mux, feed(mux, dataFrame(1, 1)), 'data-after-end');
  });

  it('S5 a second END', () => {
    const mux = server();
    feed(mux, { type: 'end', stream: 1 });
    expectReset(mux, feed(mux, { type: 'end', stream: 1 }), 'data-after-end');
  });

  it.each<[string, Frame]>([
    ['DATA', dataFrame(2, 1)],
    ['END', { type: 'end', stream: 2 }],
  ])('S2 %s before ACCEPT', (_what, frame) => {
    const mux = greeted();
    mux.open(KIND_PG);
    sent(mux);
    const reset = { type: 'reset', stream: 2, reason: { code: 'protocol-error' } };
    expect(feed(mux, frame)).toMatchObject([reset]);
    expect(sent(mux)).toMatchObject([reset]);
  });

  it('S2 a second ACCEPT', () => {
    const mux = greeted();
    mux.open(KIND_PG);
    sent(mux);
    const accept: Frame = { type: 'accept', stream: 2, metadata: new Uint8Array(0) };
    expect(feed(mux, accept, accept)).toMatchObject([
      { type: 'accepted' },
      { type: 'reset', reason: { code: 'protocol-error' } },
    ]);
  });

  it.each([
    ['M1', 'kind\0pg'],
    ['M1', 'KIND\0pg\0'],
    ['M1', 'kind\0pg\0'.repeat(17)],
    ['M2', 'role\0editor\0'],
    ['M2', ''],
  ])('%s bad metadata %j in OPEN', (_rule, text) => {
    const mux = server();
    expect(feed(mux, { type: 'open', stream: 5, metadata: ascii(text) })).toEqual([]);
    expect(sent(mux)).toMatchObject([
      { type: 'reset', stream: 5, reason: { code: 'protocol-error' } },
    ]);
    expect(mux.streamCount).toBe(2);
  });

  it('M1 bad metadata in ACCEPT', () => {
    const mux = greeted();
    mux.open(KIND_PG);
    sent(mux);
    const accept: Frame = { type: 'accept', stream: 2, metadata: ascii('?\0\0') };
    expect(feed(mux, accept)).toMatchObject([
      { type: 'reset', reason: { code: 'protocol-error' } },
    ]);
  });

  it('S5 opening is no way to make us keep what was closed', () => {
    const mux = greeted();
    for (let id = 1; id < 20_000; id += 2) {
      mux.receive(concat([openFrame(id), { type: 'end', stream: id } as const].map(encodeFrame)));
      mux.accept(id, []);
      mux.end(id);
      sent(mux);
    }
    expect(mux.streamCount).toBe(0);
  });
});
