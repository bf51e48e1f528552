import { describe, expect, it, vi } from 'vitest';
import { ConsoleTransport } from './console';

const HELLO = Uint8Array.from([
  1, 0, 24, 0, 0, 0, 0, 0, 0x57, 0x41, 0x52, 0x52, 0x45, 0x4e, 0x4d, 0x58, 1, 0, 0, 0, 0, 0, 1, 0,
  9, 9, 9, 9, 9, 9, 9, 9,
]);

/** A guest that remembers what came in and says what it is told to. */
function guest() {
  const written: { port: number; chunk: Uint8Array }[] = [];
  let say: (bytes: Uint8Array) => void = () => {};
  const received: number[] = [];
  const events = { writable: 0, closed: 0 };
  const transport = new ConsoleTransport({
    send: (port, chunk) => written.push({ port, chunk: chunk.slice() }),
    listen: (onData) => {
      say = onData;
    },
  });
  transport.attach({
    data: (bytes) => received.push(...bytes),
    writable: () => events.writable++,
    closed: () => events.closed++,
  });
  const data = () => written.filter(({ port }) => port === 1).map(({ chunk }) => chunk);
  const lastHello = () =>
    data()
      .filter((chunk) => chunk.length === 32)
      .at(-1) ?? new Uint8Array();
  return {
    transport,
    written,
    received,
    events,
    data,
    say: (bytes: Uint8Array) => say(bytes),
    answer: () => say(lastHello()),
  };
}

describe('the console transport', () => {
  it('K4 knocks with the attention line before HELLO, and gives the nonce anew', () => {
    const { transport, written } = guest();
    transport.send(HELLO);
    expect(written.map(({ port }) => port)).toEqual([2, 1]);
    expect(written[0]?.chunk).toEqual(Uint8Array.of(0x41));
    expect(written[1]?.chunk.subarray(0, 24)).toEqual(HELLO.subarray(0, 24));
    expect(written[1]?.chunk.subarray(24)).not.toEqual(HELLO.subarray(24));
    transport.close({ code: 'ok', text: '' });
  });

  it('K4 discards what came before the answer, wherever it is cut', () => {
    for (let cut = 0; cut <= 40; cut++) {
      const { transport, say, received, data } = guest();
      transport.send(HELLO);
      const answer = data()[0] ?? new Uint8Array();
      const noise = Uint8Array.from([1, 0, 24, 0, 7, 7, 7, 7]);
      const all = Uint8Array.from([...noise, ...answer, 42]);
      say(all.slice(0, cut));
      say(all.slice(cut));
      expect(received).toEqual([...answer, 42]);
    }
  });

  it('K4 knocks again with another nonce until it is answered, and ignores a stale answer', () => {
    vi.useFakeTimers();
    try {
      const { transport, say, received, data, answer } = guest();
      transport.send(HELLO);
      const stale = data()[0] ?? new Uint8Array();
      vi.advanceTimersByTime(250);
      expect(data()).toHaveLength(2);
      say(stale);
      expect(received).toEqual([]);
      answer();
      expect(received).toHaveLength(32);
      vi.advanceTimersByTime(1000);
      expect(data()).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('K2 never has more than twelve chunks of 4,096 bytes unread', () => {
    const { transport, answer, data, events } = guest();
    transport.send(HELLO);
    answer();
    transport.send(new Uint8Array(20 * 4096));
    expect(data().slice(1)).toHaveLength(12);
    expect(Math.max(...data().map((chunk) => chunk.length))).toBe(4096);
    expect(transport.writable()).toBe(false);
    transport.acknowledged(2 * 4096);
    expect(data().slice(1)).toHaveLength(14);
    const before = events.writable;
    transport.acknowledged(8 * 4096);
    expect(data().slice(1)).toHaveLength(20);
    expect(transport.writable()).toBe(true);
    expect(events.writable).toBe(before + 1);
  });

  it('K3 counts reports that do not end where a chunk ends', () => {
    const { transport, answer, data } = guest();
    transport.send(HELLO);
    answer();
    for (let i = 0; i < 13; i++) transport.send(new Uint8Array(100));
    expect(data().slice(1)).toHaveLength(12);
    transport.acknowledged(99);
    expect(data().slice(1)).toHaveLength(12);
    transport.acknowledged(1);
    expect(data().slice(1)).toHaveLength(13);
  });
});
