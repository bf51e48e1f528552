import { afterEach, describe, expect, it } from 'vitest';
import type { Duplex } from './duplex';
import { HIGH_WATER_BYTES } from './limits';
import { ascii, pattern, record, until } from './testing';

/** Two ends of one byte stream, and how to tear down what carries them. */
interface DuplexPair {
  readonly a: Duplex;
  readonly b: Duplex;
  close?(): void | Promise<void>;
}

/** What every duplex promises (`duplex.ts`), whatever carries it. */
export function describeDuplex(name: string, make: () => DuplexPair | Promise<DuplexPair>): void {
  describe(`a duplex over ${name}`, () => {
    let close: DuplexPair['close'];
    const pair = async () => {
      const made = await make();
      close = made.close;
      return made;
    };
    afterEach(() => close?.());

    it('S7 carries bytes both ways, exactly and in order', async () => {
      const { a, b } = await pair();
      const [atA, atB] = [record(a), record(b)];
      for (let at = 0; at < 400_000; at += 40_000) {
        a.write(pattern(1, at, 40_000));
        b.write(pattern(2, at, 40_000));
      }
      await until(() => atA.length === 400_000 && atB.length === 400_000);
      expect(Buffer.compare(atB.bytes(), pattern(1, 0, 400_000))).toBe(0);
      expect(Buffer.compare(atA.bytes(), pattern(2, 0, 400_000))).toBe(0);
    });

    it('S3 half-close: one direction ends, the other goes on', async () => {
      const { a, b } = await pair();
      const [atA, atB] = [record(a), record(b)];
      a.write(ascii('question'));
      a.end();
      a.end();
      await until(() => atB.ended);
      expect(atB.text()).toBe('question');
      b.write(ascii('answer'));
      b.end();
      await until(() => atA.ended);
      expect(atA.text()).toBe('answer');
      expect(atA.reset ?? atB.reset).toBeUndefined();
    });

    it('S4 reset reaches the other end with its reason, and nothing after it', async () => {
      const { a, b } = await pair();
      const [atA, atB] = [record(a), record(b)];
      a.write(ascii('x'));
      await until(() => atB.length === 1);
      a.reset('revoked', 'the link was taken away');
      a.reset('ok');
      await until(() => atB.reset !== undefined);
      expect(atB.reset).toEqual({ code: 'revoked', text: 'the link was taken away' });
      expect(b.write(ascii('ignored'))).toBe(true);
      b.end();
      b.reset('ok');
      expect(atA).toMatchObject({ length: 0, ended: false, reset: undefined });
    });

    it('throws at a write after end or reset', async () => {
      const { a, b } = await pair();
      a.end();
      expect(() => a.write(ascii('x'))).toThrow();
      b.reset('ok');
      expect(() => b.write(ascii('x'))).toThrow();
    });

    it('has one consumer, which gets what came before it in a later microtask', async () => {
      const { a, b } = await pair();
      a.write(ascii('early '));
      a.write(ascii('bird'));
      a.end();
      await new Promise((resolve) => setTimeout(resolve, 20));
      const atB = record(b);
      expect(atB.length).toBe(0);
      expect(() => record(b)).toThrow();
      await until(() => atB.ended);
      expect(atB.text()).toBe('early bird');
    });

    it('C3 a consumer that stops stops the writer; consumed bytes and drain start it again', async () => {
      const { a, b } = await pair();
      const atA = record(a);
      const atB = record(b, { consume: false });
      let written = 0;
      const chunk = 16_384;
      while (a.write(pattern(5, written, chunk))) {
        written += chunk;
        await new Promise((resolve) => setTimeout(resolve, 0));
        if (written > 16_777_216) throw new Error('the writer was never stopped');
      }
      written += chunk;
      expect(written - atB.length).toBeGreaterThan(HIGH_WATER_BYTES);
      expect(atA.drains).toBe(0);
      let consumed = 0;
      await until(() => {
        b.consumed(atB.length - consumed);
        consumed = atB.length;
        return atB.length === written && atA.drains === 1;
      });
      expect(Buffer.compare(atB.bytes(), pattern(5, 0, written))).toBe(0);
    });
  });
}
