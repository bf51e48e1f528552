import { describe, expect, it } from 'vitest';
import type { Duplex } from './duplex';
import { duplexPair } from './pair';
import { splice } from './pipe';
import type { Reason } from './reason';
import { ascii, pattern, record, settle } from './testing';
import { describeDuplex } from './testing-duplex';

/** a ↔ (left = right) ↔ b */
function spliced() {
  const [a, left] = duplexPair();
  const [b, right] = duplexPair();
  const observed = { forth: 0, back: 0, closed: [] as (Reason | null)[] };
  splice(left, right, {
    passed: (direction, bytes) => {
      observed[direction] += bytes;
    },
    closed: (reason) => observed.closed.push(reason),
  });
  return { a, b, observed };
}

describeDuplex('a splice', () => spliced());

describe('a splice', () => {
  it('tells what it passed each way, and that both ended', async () => {
    const { a, b, observed } = spliced();
    record(a);
    record(b);
    a.write(ascii('12345'));
    b.write(ascii('123'));
    a.end();
    await settle();
    expect(observed).toEqual({ forth: 5, back: 3, closed: [] });
    b.end();
    await settle();
    expect(observed.closed).toEqual([null]);
  });

  it('S4 carries a reset from either end and tells it once', async () => {
    for (const end of ['a', 'b'] as const) {
      const ends = spliced();
      const told = record(end === 'a' ? ends.b : ends.a);
      ends[end].reset('refused', 'no');
      await settle();
      expect(told.reset).toEqual({ code: 'refused', text: 'no' });
      expect(ends.observed.closed).toEqual([{ code: 'refused', text: 'no' }]);
    }
  });

  it('C3 holds back credit while the target is above its high-water mark', async () => {
    const [source, left] = duplexPair();
    const consumed: number[] = [];
    const counted: Duplex = {
      attach: (consumer) => left.attach(consumer),
      write: (chunk) => left.write(chunk),
      end: () => left.end(),
      reset: (code, text) => left.reset(code, text),
      consumed: (bytes) => {
        consumed.push(bytes);
        left.consumed(bytes);
      },
    };
    let full = true;
    let drain = () => {};
    const target: Duplex = {
      attach: (consumer) => {
        drain = () => consumer.drain();
      },
      write: () => !full,
      end() {},
      reset() {},
      consumed() {},
    };
    splice(counted, target);
    source.write(pattern(1, 0, 1_000));
    await settle();
    source.write(pattern(1, 1_000, 500));
    await settle();
    expect(consumed).toEqual([]);
    full = false;
    drain();
    expect(consumed).toEqual([1_500]);
    source.write(ascii('x'));
    await settle();
    expect(consumed).toEqual([1_500, 1]);
  });
});
