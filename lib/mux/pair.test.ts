import { describe, expect, it } from 'vitest';
import { Link } from './link';
import { lostDuplex } from './lost';
import { duplexPair, transportPair } from './pair';
import type { IncomingStream } from './stream';
import { ascii, KIND_PG, record, settle } from './testing';
import { describeDuplex } from './testing-duplex';

describeDuplex('memory', () => {
  const [a, b] = duplexPair();
  return { a, b };
});

describeDuplex('a link in memory', async () => {
  const [left, right] = transportPair();
  const offered = new Promise<IncomingStream>((resolve) => {
    new Link(right, { role: 'server', window: 40_000, onStream: resolve });
  });
  const link = new Link(left, { role: 'client', window: 40_000 });
  const a = link.open(KIND_PG);
  const b = await offered;
  b.accept();
  return { a, b, close: () => link.close({ code: 'ok', text: '' }) };
});

describe('a pair of transports', () => {
  it('is not writable while its buffer is full, and tells when it is again', async () => {
    const [left, right] = transportPair(10);
    const seen: string[] = [];
    const handlers = (name: string) => ({
      data: (bytes: Uint8Array) => seen.push(`${name} got ${bytes.length}`),
      writable: () => seen.push(`${name} writable`),
      closed: () => seen.push(`${name} closed`),
    });
    left.attach(handlers('left'));
    left.send(ascii('1234567890'));
    expect(left.writable()).toBe(false);
    right.attach(handlers('right'));
    await settle();
    expect(seen).toEqual(['right got 10', 'left writable']);
    left.send(ascii('last'));
    left.close({ code: 'ok', text: '' });
    expect(left.writable()).toBe(false);
    await settle();
    expect(seen.slice(2)).toEqual(['right got 4', 'right closed']);
    expect(right.writable()).toBe(false);
  });
});

describe('a lost duplex', () => {
  it('S7 is reset with its reason as soon as somebody listens', async () => {
    const lost = lostDuplex({ code: 'unreachable', text: 'no host' });
    expect(lost.write(ascii('x'))).toBe(true);
    const seen = record(lost);
    await settle();
    expect(seen.reset).toEqual({ code: 'unreachable', text: 'no host' });
  });
});
