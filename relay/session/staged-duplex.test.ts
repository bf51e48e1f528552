import { describe, expect, it } from 'vitest';
import { duplexPair } from '../../lib/mux/pair';
import { DuplexReset, StagedDuplex } from './staged-duplex';

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('a duplex read in two stages', () => {
  it('gives the second what the first gave back, then what follows', async () => {
    const [near, far] = duplexPair();
    const staged = new StagedDuplex(near);
    far.write(bytes(1, 2, 3));
    const first = await staged.read();
    expect(first).toEqual(bytes(1, 2, 3));
    staged.unread(bytes(2, 3));
    far.write(bytes(4));
    far.end();
    const heard: number[] = [];
    await new Promise<void>((resolve) => {
      staged.attach({
        data: (chunk) => heard.push(...chunk),
        end: resolve,
        reset: () => undefined,
        drain: () => undefined,
      });
    });
    expect(heard).toEqual([2, 3, 4]);
  });

  it('tells the first of the end and of a reset', async () => {
    const [near, far] = duplexPair();
    far.end();
    const ended = new StagedDuplex(near);
    expect(await ended.read()).toBeUndefined();
    expect(ended.gone.aborted).toBe(true);
    expect(ended.lost).toBeUndefined();
    const [other, away] = duplexPair();
    const lost = new StagedDuplex(other);
    const reading = lost.read();
    away.reset('busy', 'later');
    await expect(reading).rejects.toBeInstanceOf(DuplexReset);
    expect(lost.lost).toEqual({ code: 'busy', text: 'later' });
  });

  it('grants the credit of each byte once', () => {
    const granted: number[] = [];
    let deliver: (chunk: Uint8Array) => void = () => {};
    const staged = new StagedDuplex({
      attach: (consumer) => {
        deliver = consumer.data;
      },
      write: () => true,
      end: () => undefined,
      reset: () => undefined,
      consumed: (count) => granted.push(count),
    });
    deliver(bytes(1, 2, 3, 4));
    return (async () => {
      await staged.read();
      staged.unread(bytes(3, 4));
      staged.consumed(1);
      staged.consumed(5);
      expect(granted).toEqual([4, 4]);
    })();
  });
});
